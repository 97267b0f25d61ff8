/** Code into a notebook: one cell, one step of undo, and where it came from in its metadata. */

import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { IInserter } from './model';
import type { ICard } from './tokens';

export class Inserter implements IInserter {
  constructor(
    private _panel: NotebookPanel,
    private _provenance: () => boolean
  ) {}

  /** Whether the cell that was inserted last is still there. */
  get canReplace(): boolean {
    return this._place() >= 0;
  }

  mended(): { card: ICard; code: string } | null {
    const cells = this._panel.content.model?.sharedModel.cells ?? [];
    const cell = cells.find(({ id }) => id === this._last);
    const ran = cell && (cell as { execution_count?: number | null }).execution_count;
    if (!this._card || !cell || !ran || ran === this._ran) {
      return null; // what is being written and has not run is nobody's answer yet
    }
    this._ran = ran;
    if (cell.source.trim() === this._card.code.trim()) {
      return null;
    }
    const mended = { card: this._card, code: cell.source };
    this._card = null;
    return mended;
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
      [this._card, this._ran] = [card, 0];
    });
    notebook.activeCellIndex = at;
    notebook.deselectAll();
    if (how === 'run') {
      await NotebookActions.run(notebook, this._panel.sessionContext);
    } else {
      notebook.activate();
    }
  }

  private _place(): number {
    const cells = this._panel.content.model?.sharedModel.cells ?? [];
    return this._last ? cells.findIndex(({ id }) => id === this._last) : -1;
  }

  private _last = '';
  private _card: ICard | null = null;
  private _ran = 0;
}
