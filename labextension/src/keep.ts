/** What was written for a notebook outlives a reload of the page, in JupyterLab's own state. */

import type { IStateDB } from '@jupyterlab/statedb';

import type { IKept, NotebookModel } from './model';

const PAUSE = 400;

/** Restore what was kept for the notebook at `path()`, then keep every change of it. */
export function keep(model: NotebookModel, state: IStateDB, path: () => string): void {
  const key = (): string => `nbcodegen:${path()}`;
  let written = '';
  let timer = 0;
  const save = (): void => {
    const kept = JSON.stringify(model.kept);
    if (kept !== written) {
      written = kept;
      void state.save(key(), kept);
    }
  };
  void state.fetch(key()).then(found => {
    const kept = read(found);
    if (kept) {
      model.restore(kept);
    }
    written = JSON.stringify(model.kept);
    model.changed.connect(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, PAUSE);
    });
  });
}

/** What was kept, if it has the form that this version writes. */
function read(found: unknown): IKept | null {
  try {
    const { request, history, off } = JSON.parse(String(found)) as IKept;
    const texts = [request, ...history, ...off];
    return texts.every(text => typeof text === 'string') ? { request, history, off } : null;
  } catch {
    return null;
  }
}
