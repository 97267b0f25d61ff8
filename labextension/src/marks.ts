/** A small mark on cells that came from a request, where the user wants it; nothing in the file. */

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';

export const MARK = 'jp-nbcodegen-made';

export class Marks implements IDisposable {
  constructor(
    private _panel: NotebookPanel,
    private _wanted: () => boolean
  ) {
    void _panel.context.ready.then(() => {
      if (!this.isDisposed) {
        _panel.content.model?.cells.changed.connect(this._soon, this);
        this.draw();
      }
    });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._panel.content.model?.cells.changed.disconnect(this._soon, this);
  }

  /** Put marks where they belong, and take them away elsewhere. */
  draw(): void {
    for (const cell of this._panel.content.widgets) {
      const made = cell.model.getMetadata('nbcodegen') !== undefined;
      cell.toggleClass(MARK, made && this._wanted());
    }
  }

  /** The cells' widgets follow their models. */
  private _soon(): void {
    if (!this._waiting) {
      this._waiting = true;
      requestAnimationFrame(() => {
        this._waiting = false;
        if (!this.isDisposed) {
          this.draw();
        }
      });
    }
  }

  private _isDisposed = false;
  private _waiting = false;
}
