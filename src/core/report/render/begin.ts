/** What the title begins with, by which a report is known as one of ours. */
export const REPORT_TITLE = "Waveflame report: ";
export const HTML_BEGINNING = `<!doctype html>
<html lang="en">
<head>
<title>${REPORT_TITLE}`;
export const MARKDOWN_BEGINNING = `# ${REPORT_TITLE}`;
