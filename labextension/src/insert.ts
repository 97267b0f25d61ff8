/** Code into a notebook: one cell, one step of undo, and where it came from in its metadata. */

import { NotebookActions } from '@jupyterlab/notebook';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import type { IInserter } from './model';
import type { ICard } from './tokens';

/** What JupyterLab says when a cell has run. */
interface IRan {
  notebook: Notebook;
  cell: Notebook['widgets'][number];
  success: boolean;
}

export class Inserter implements IInserter {
  constructor(
    private _panel: NotebookPanel,
    private _provenance: () => boolean
  ) {
    NotebookActions.executed.connect(this._onExecuted, this);
  }

  /** Whether the cell that was inserted last is still there. */
  get canReplace(): boolean {
    return this._place() >= 0;
  }

  /** The cell that was inserted last was changed by hand and has run without an error. */
  get mended(): ISignal<this, { card: ICard; code: string }> {
    return this._mended;
  }

  dispose(): void {
    Signal.clearData(this);
  }

  async insert(card: ICard, how: 'below' | 'run' | 'replace'): Promise<void> {
    const notebook = this._panel.content;
    const shared = notebook.model?.sharedModel;
    if (!shared) {
      return;
    }
    const metadata = this._provenance() ? { nbcodegen: card.provenance } : {};
    const cell = { cell_type: 'code' as const, source: card.code.trimEnd(), metadata };
    const last = how === 'replace' ? this._place() : -1;
    const at = last >= 0 ? last : Math.min(notebook.activeCellIndex + 1, shared.cells.length);
    shared.transact(() => {
      if (last >= 0) {
        shared.deleteCell(last);
      }
      this._last = shared.insertCell(at, cell).id;
      this._card = card;
    });
    notebook.activeCellIndex = at;
    notebook.deselectAll();
    if (how === 'run') {
      await NotebookActions.run(notebook, this._panel.sessionContext);
    } else {
      notebook.activate();
    }
  }

  private _onExecuted(_: unknown, ran: IRan): void {
    const card = this._card;
    const code = ran.cell.model.sharedModel.getSource();
    const last = ran.notebook === this._panel.content && ran.cell.model.id === this._last;
    if (card && last && ran.success && code.trim() !== card.code.trim()) {
      this._card = null;
      this._mended.emit({ card, code });
    }
  }

  private _place(): number {
    const cells = this._panel.content.model?.sharedModel.cells ?? [];
    return this._last ? cells.findIndex(({ id }) => id === this._last) : -1;
  }

  private _last = '';
  private _card: ICard | null = null;
  private _mended = new Signal<this, { card: ICard; code: string }>(this);
}
