/** Every name that the manifest and the code share; `npm run check` compares them. */
export const COMMANDS = {
  profile: "waveflame.profile",
  profileWithPipeline: "waveflame.profileWithPipeline",
  profileAgain: "waveflame.profileAgain",
  profileVariants: "waveflame.profileVariants",
  profileVariantsAgain: "waveflame.profileVariantsAgain",
  copyPipeline: "waveflame.copyPipeline",
  newPipeline: "waveflame.newPipeline",
  openSample: "waveflame.openSample",
  openRun: "waveflame.openRun",
  openProfile: "waveflame.openProfile",
  heapAfterStage: "waveflame.heapAfterStage",
  exportRun: "waveflame.exportRun",
  saveReport: "waveflame.saveReport",
  showPanel: "waveflame.showPanel",
  showHottestLines: "waveflame.showHottestLines",
  nextHotLine: "waveflame.nextHotLine",
  previousHotLine: "waveflame.previousHotLine",
  showAnnotations: "waveflame.showAnnotations",
  hideAnnotations: "waveflame.hideAnnotations",
  clearAnnotations: "waveflame.clearAnnotations",
  showFlameGraphOfStage: "waveflame.showFlameGraphOfStage",
  copyDiagnostics: "waveflame.copyDiagnostics",
  showLog: "waveflame.showLog",
} as const;

export const CONTEXT_KEYS = {
  hasRun: "waveflame.hasRun",
  annotationsShown: "waveflame.annotationsShown",
} as const;

export const COLORS = {
  figures: "waveflame.figures",
  hotFigures: "waveflame.hotFigures",
  staleFigures: "waveflame.staleFigures",
  warm: "waveflame.warm",
  hot: "waveflame.hot",
} as const;

export const PANEL_TYPE = "waveflame.panel";
