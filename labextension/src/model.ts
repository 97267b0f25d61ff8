/**
 * What the sidebar knows: one notebook's tables, request and answers. No kernel protocol, no DOM.
 *
 * Every notebook has a state of its own, which survives restarts of its kernel and switches to
 * other notebooks: a request that was typed is never lost.
 */

import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import type { KernelLink, LinkState } from './kernel';
import type {
  Asked, ICard, IColumn, IColumnLine, IRefused, IStatus, ITableLine, Said
} from './tokens';

export const PAGE = 200;
const KEPT = 50;
const LEARNT = 5;

/** What the user may set. */
export interface ISettings {
  position: 'left' | 'right';
  candidates: number;
  privacy: '' | 'names' | 'stats' | 'samples';
  provenance: boolean;
  mark: boolean;
  feedback: boolean;
}

/** A table whose columns are shown. */
export interface IOpenTable {
  like: string;
  total: number;
  lookedAt: number | null;
  columns: IColumnLine[];
  closer: Map<number, IColumn>;
}

/** A generation on its way. */
export interface IJob {
  id: string;
  stage: string;
  /** Candidates that are tried. */
  count: number;
  /** For so long the model has been opening. */
  seconds: number;
  /** So far it has opened, from 0 to 1. */
  share: number;
  /** What is written so far. */
  code: string;
  request: string;
}

/** Why there is no answer, or no list. */
export interface IProblem {
  kind: string;
  message: string;
  guess: string;
}

/** What outlives a reload of the page. */
export interface IKept {
  request: string;
  history: string[];
  off: string[];
}

/** How code gets into the notebook; given by whoever knows notebooks. */
export interface IInserter {
  insert(card: ICard, how: 'below' | 'run' | 'replace'): Promise<void>;
  readonly canReplace: boolean;
  /** An inserted answer was changed by hand and has run; said once of each. */
  readonly mended: ISignal<IInserter, { card: ICard; code: string }>;
  dispose(): void;
}

export class NotebookModel {
  constructor(
    private _link: KernelLink,
    private _inserter: IInserter,
    private _settings: () => ISettings
  ) {
    _link.said.connect((_, said) => this._hear(said));
    _link.stateChanged.connect((_, state) => this._onState(state));
    _link.ran.connect(() => this._onRan());
    _inserter.mended.connect((_, { card, code }) => {
      if (this.wantsFeedback && this.state === 'ready') {
        this._keep(card, code, true);
      }
    });
    this._onState(_link.state);
  }

  request = '';
  tables: ITableLine[] = [];
  listed = false;
  off = new Set<string>();
  open = new Map<string, IOpenTable>();
  /** Columns of the first few tables, for completion and examples. */
  known = new Map<string, IColumnLine[]>();
  job: IJob | null = null;
  cards: ICard[] = [];
  seconds: number | null = null;
  refused: IRefused[] = [];
  /** The answers that are shown are those of the request before. */
  stale = false;
  problem: IProblem | null = null;
  /** The answer that the next request goes on from. */
  followed: ICard | null = null;
  prompt: string | null = null;
  status: IStatus | null = null;
  loading = false;
  /** What leaves the kernel's process, once that has been said. */
  notice = '';
  /** Opinions given so far, by answer, and where they are kept. */
  opinions = new Map<ICard, boolean>();
  keptIn = '';

  /** Something that is shown has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): LinkState {
    return this._link.state;
  }

  get canReplace(): boolean {
    return this._inserter.canReplace;
  }

  /** Whether the user wants opinions to be kept. */
  get wantsFeedback(): boolean {
    return this._settings().feedback;
  }

  /** What is to outlive a reload of the page; nothing of the tables' content. */
  get kept(): IKept {
    return { request: this.request, history: this._history, off: [...this.off] };
  }

  /** Take up what was kept, unless something has been written since. */
  restore(kept: IKept): void {
    if (!this.request && this._history.length === 0) {
      this.request = kept.request;
      this._history = kept.history;
      this._place = kept.history.length;
      this.off = new Set(kept.off);
      this._changed.emit();
    }
  }

  dispose(): void {
    this._link.dispose();
    this._inserter.dispose();
    Signal.clearData(this);
  }

  /** Ask for the tables, and again for the columns that are shown. */
  refresh(): void {
    if (this.state !== 'ready') {
      return;
    }
    this._ask({ type: 'tables' });
    for (const [name, table] of this.open) {
      this._askColumns(name, table.like, 0);
    }
  }

  async load(): Promise<void> {
    this.loading = true;
    this._changed.emit();
    await this._link.load();
    this.loading = false;
    this._changed.emit();
  }

  type(request: string): void {
    this.request = request;
    this._place = this._history.length;
    this._changed.emit();
  }

  /** The request before (-1) or after (1) in the history; what was being typed is at its end. */
  recall(step: -1 | 1): void {
    if (this._place === this._history.length) {
      this._draft = this.request;
    }
    this._place = Math.min(this._history.length, Math.max(0, this._place + step));
    this.request = this._history[this._place] ?? this._draft;
    this._changed.emit();
  }

  generate(): void {
    const request = this.request.trim();
    if (!request || this.job || this.state !== 'ready') {
      return;
    }
    if (this._history.at(-1) !== request) {
      this._history = [...this._history, request].slice(-KEPT);
    }
    this._place = this._history.length;
    [this.stale, this.problem, this.prompt] = [true, null, null];
    const id = this._ask({ type: 'generate', ...this._told(request) });
    this.job = { id, stage: 'asking', count: 0, seconds: 0, share: 0, code: '', request };
    this._changed.emit();
  }

  cancel(): void {
    if (!this.job) {
      return;
    }
    this._ask({ type: 'cancel', job: this.job.id });
    this.stale = false;
    this._ended(this.job.id);
  }

  showPrompt(): void {
    this._ask({ type: 'prompt', ...this._told(this.request.trim() || '...') });
  }

  hidePrompt(): void {
    this.prompt = null;
    this._changed.emit();
  }

  follow(card: ICard | null): void {
    this.followed = card;
    this._changed.emit();
  }

  toggle(name: string): void {
    if (!this.off.delete(name)) {
      this.off.add(name);
    }
    this._changed.emit();
  }

  expand(name: string): void {
    if (this.open.delete(name)) {
      this._changed.emit();
      return;
    }
    this._askColumns(name, '', 0);
  }

  search(name: string, like: string): void {
    this._askColumns(name, like, 0);
  }

  /** Learn the columns that completion and examples need, once somebody means to write. */
  learn(): void {
    for (const { name } of this.tables.slice(0, LEARNT)) {
      if (!this.known.has(name) && !this.off.has(name)) {
        this.known.set(name, []);
        this._learning.add(this._ask({ type: 'columns', table: name, start: 0, count: PAGE }));
      }
    }
  }

  more(name: string): void {
    const table = this.open.get(name);
    if (table && table.columns.length < table.total) {
      this._askColumns(name, table.like, table.columns.length);
    }
  }

  look(name: string, position: number): void {
    if (!this.open.get(name)?.closer.has(position)) {
      this._ask({ type: 'column', table: name, position });
    }
  }

  choose(chosen: { model?: string; privacy?: string; trial?: string }): void {
    this._ask({ type: 'choose', ...chosen });
  }

  async insert(card: ICard, how: 'below' | 'run' | 'replace'): Promise<void> {
    await this._inserter.insert(card, how);
    this._changed.emit();
  }

  /** Keep an opinion of an answer, on this machine, for the user's own adapter. */
  judge(card: ICard, liked: boolean): void {
    this.opinions.set(card, liked);
    this._keep(card, card.code, liked);
    this._changed.emit();
  }

  private _keep(card: ICard, code: string, liked: boolean): void {
    const request = String(card.provenance.request ?? '');
    this._ask({ type: 'feedback', request, code, liked, tables: card.tables });
  }

  private _told(request: string): {
    request: string;
    without: string[];
    previous?: string;
    candidates: number;
    privacy?: string;
  } {
    const { candidates, privacy } = this._settings();
    return {
      request,
      without: [...this.off],
      ...(this.followed ? { previous: this.followed.code } : {}),
      candidates,
      ...(privacy ? { privacy } : {})
    };
  }

  private _ask(asked: Asked): string {
    return this._link.ask(asked);
  }

  private _askColumns(table: string, like: string, start: number): void {
    const id = this._ask({ type: 'columns', table, like, start, count: PAGE });
    this._pages.set(table, { id, like });
  }

  /** The cell may have made tables, or chosen another model. */
  private _onRan(): void {
    if (this.state === 'ready') {
      this._ask({ type: 'status' });
      this.refresh();
    }
  }

  private _onState(state: LinkState): void {
    if (state === 'ready') {
      this._ask({ type: 'status' });
      this.refresh();
    } else {
      [this.tables, this.listed, this.status] = [[], false, null];
      this.open.clear();
      this.known.clear();
    }
    this._changed.emit();
  }

  private _hear(said: Said): void {
    switch (said.type) {
      case 'tables':
        this.tables = said.tables;
        this.listed = true;
        this.known.clear();
        this._forget(new Set(said.tables.map(table => table.name)));
        break;
      case 'columns':
        this._hearColumns(said);
        break;
      case 'column':
        this.open.get(said.table)?.closer.set(said.position, said);
        break;
      case 'progress':
        if (this.job?.id === said.id) {
          const { stage, count, seconds, share } = said;
          this.job = { ...this.job, stage, count, seconds, share, code: said.code || this.job.code };
          this.notice = said.notice || this.notice;
        }
        break;
      case 'candidate':
        if (this.job?.id === said.id) {
          this._hearCard(said);
        }
        break;
      case 'done':
        if (this.job?.id === said.id) {
          [this.seconds, this.refused] = [said.seconds, said.refused];
        }
        this._ended(said.id);
        this._ask({ type: 'status' });
        break;
      case 'error':
        this._hearProblem(said);
        break;
      case 'prompt':
        this.prompt = said.text;
        break;
      case 'status':
        // What was told to another model's server says nothing of this one.
        this.notice = this.status && this.status.model !== said.model ? '' : this.notice;
        this.status = said;
        break;
      case 'kept':
        this.keptIn = said.path;
        break;
      case 'hello':
        break;
    }
    this._changed.emit();
  }

  /** Answers of the request before, and those shown early, go when the first to stay is there. */
  private _hearCard(card: ICard): void {
    if (this.stale || (card.settled && this.cards.some(each => !each.settled))) {
      this._clear();
    }
    this.cards = [...this.cards, card];
  }

  private _clear(): void {
    [this.cards, this.refused, this.seconds, this.stale] = [[], [], null, false];
  }

  private _hearColumns(said: Extract<Said, { type: 'columns' }>): void {
    if (this._learning.delete(said.id)) {
      this.known.set(said.table, said.columns);
      return;
    }
    const asked = this._pages.get(said.table);
    if (asked?.id !== said.id) {
      return; // an older search, overtaken by a newer one
    }
    const before = said.start > 0 ? this.open.get(said.table) : undefined;
    this.open.set(said.table, {
      like: asked.like,
      total: said.total,
      lookedAt: said.looked_at,
      columns: [...(before?.columns ?? []), ...said.columns],
      closer: before?.closer ?? new Map<number, IColumn>()
    });
  }

  private _hearProblem(said: Extract<Said, { type: 'error' }>): void {
    if (said.id === this.job?.id) {
      this._clear();
      this.refused = said.refused;
      this.problem = said.kind === 'Cancelled' ? null : said;
      this._ended(said.id);
    } else if (said.kind !== 'Cancelled' && said.kind !== 'KernelGone') {
      this.problem = said;
    }
  }

  private _ended(id: string): void {
    if (this.job?.id === id) {
      this.job = null;
    }
    this._changed.emit();
  }

  private _forget(names: ReadonlySet<string>): void {
    for (const name of [...this.open.keys()].filter(each => !names.has(each))) {
      this.open.delete(name);
    }
    for (const name of [...this.off].filter(each => !names.has(each))) {
      this.off.delete(name);
    }
  }

  private _history: string[] = [];
  private _place = 0;
  private _draft = '';
  private _learning = new Set<string>();
  private _pages = new Map<string, { id: string; like: string }>();
  private _changed = new Signal<this, void>(this);
}
