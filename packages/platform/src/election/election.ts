/** What is led: of all processes that stand for one lock of one schema, one leads at a time. */
export interface Office {
  readonly lock: string;
  readonly schema: string;
}

/** A lead that was won. */
export interface Lead {
  /** Aborts when the lead is lost, with the reason, and before another can have it. */
  readonly lost: AbortSignal;
  /** Lets the next one lead at once; for when the work has ended. Takes three seconds at most and never rejects. */
  giveUp(): Promise<void>;
}

/** One that stands for an office, as often as it likes, but never twice at a time. */
export interface Candidacy {
  /** What those who look at the election call the office. */
  readonly office: string;
  /** Resolves when it leads, or with undefined when the signal aborts first. */
  stand(signal: AbortSignal): Promise<Lead | undefined>;
}

/** Where leaders are chosen when it is not by a lock on the database. */
export interface Election {
  /** A new candidate; those of one process compete with each other as those of others do. */
  candidacy(office: Office): Candidacy;
  close(): Promise<void>;
}
