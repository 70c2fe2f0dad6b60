export function writeUserSettings(userData: string, more?: Readonly<Record<string, unknown>>): Promise<void>;
