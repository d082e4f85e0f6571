export interface ScheduleDto {
  cron: string;
  /** plain words: "every night at 04:00" */
  words: string;
  timezone: string;
  enabled: boolean;
  nextDueAt: Date;
  /** the next five due times */
  next: Date[];
  isMissed: boolean;
  /** folder below which files are looked for, relative to the data directory; never an absolute path of the machine */
  inbox: {
    folder: string;
    newestFile: { name: string; modifiedAt: Date; isTaken: boolean } | null;
  };
}
