/** Is told where a run is, often: the stage, and how many files of how many. */
export type Progress = (stage: string, done?: number, total?: number) => void;
