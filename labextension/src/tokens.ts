/**
 * What the sidebar and the kernel say to each other.
 *
 * Mirrors `nbcodegen/bridge/messages.py`; `tests/golden/wire` holds one message of each type, and
 * tests on both sides read those files. Texts come from tables and models: show them as text only.
 */

export const PROTOCOL = 1;
export const TARGET = 'nbcodegen';

export interface IHello {
  type: 'hello';
  protocol: number;
  version: string;
}

export interface ITableLine {
  name: string;
  rows: number | null;
  columns: number;
  frame: string;
}

export interface ITables {
  type: 'tables';
  id: string;
  tables: ITableLine[];
}

export interface IColumnLine {
  label: string;
  position: number;
  kind: string;
  missing: number | null;
  distinct: number | null;
  low: string;
  high: string;
}

export interface IColumns {
  type: 'columns';
  id: string;
  table: string;
  total: number;
  start: number;
  looked_at: number | null;
  columns: IColumnLine[];
}

export interface IColumn {
  type: 'column';
  id: string;
  table: string;
  position: number;
  rows: number | null;
  looked_at: number;
  missing: number;
  distinct: number | null;
  low: string;
  high: string;
  bins: number[];
  top: { text: string; count: number }[];
}

export interface IProgress {
  type: 'progress';
  id: string;
  stage: string;
  count: number;
  notice: string;
  seconds: number;
  share: number;
  code: string;
}

export interface IPreview {
  picture: string;
  charts: string[];
  labels: string[];
  head: string[][];
  rows: number;
  columns: number;
  text: string;
}

/** What a trial ran on. */
export interface ITried {
  rows: number;
  of_rows: number;
  milliseconds: number;
  agreeing: number;
}

export interface IRefused {
  code: string;
  why: string[];
}

export interface ICard {
  type: 'candidate';
  id: string;
  rank: number;
  code: string;
  words: string;
  tables: string[];
  columns: string[];
  tried: ITried | null;
  untried: string;
  settled: boolean;
  notes: string[];
  preview: IPreview;
  provenance: { [key: string]: string | string[] };
}

export interface IDone {
  type: 'done';
  id: string;
  seconds: number;
  refused: IRefused[];
}

export interface IFailed {
  type: 'error';
  id: string;
  kind: string;
  message: string;
  guess: string;
  refused: IRefused[];
}

export interface IPromptText {
  type: 'prompt';
  id: string;
  text: string;
}

export interface IStatus {
  type: 'status';
  id: string;
  version: string;
  model: string;
  where: string;
  models: string[];
  privacy: string;
  trial: string;
  trials: string;
  memory: number | null;
  settings: { [key: string]: unknown };
}

export interface IKeptIn {
  type: 'kept';
  id: string;
  path: string;
}

/** What the kernel says. */
export type Said =
  | IHello
  | ITables
  | IColumns
  | IColumn
  | IProgress
  | ICard
  | IDone
  | IFailed
  | IPromptText
  | IStatus
  | IKeptIn;

/** What the sidebar asks; an id is added when it is sent. */
export type Asked =
  | { type: 'tables' }
  | { type: 'columns'; table: string; start?: number; count?: number; like?: string }
  | { type: 'column'; table: string; position: number }
  | {
      type: 'generate' | 'prompt';
      request: string;
      without: string[];
      previous?: string;
      candidates?: number;
      privacy?: string;
    }
  | { type: 'cancel'; job: string }
  | { type: 'status' }
  | { type: 'feedback'; request: string; code: string; liked: boolean; tables: string[] }
  | { type: 'choose'; model?: string; privacy?: string; trial?: string; candidates?: number };

const TYPES: ReadonlySet<string> = new Set<Said['type']>([
  'hello', 'tables', 'columns', 'column', 'progress', 'candidate', 'done', 'error', 'prompt',
  'status', 'kept'
]);

/** Tells a message of ours from anything else that a comm may bring. */
export function isSaid(data: unknown): data is Said {
  return (
    typeof data === 'object' &&
    data !== null &&
    TYPES.has(String((data as { type?: unknown }).type))
  );
}
