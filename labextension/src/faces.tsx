/** What is shown where there is nothing to answer: one face for each reason, with the next step. */

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { LinkState } from './kernel';
import type { NotebookModel } from './model';

interface IProps {
  model: NotebookModel | null;
  trans: TranslationBundle;
}

/** The face of a state, or nothing where the kernel answers. */
export function Face({ model, trans }: IProps): JSX.Element | null {
  if (!model) {
    return <p className="jp-nbcodegen-face">{trans.__('Open a notebook to ask about its tables.')}</p>;
  }
  const says = said(model.state, trans);
  if (!says) {
    return null;
  }
  return (
    <div className="jp-nbcodegen-face" role="status">
      <p>{says}</p>
      {model.state === 'not-loaded' && (
        <button
          className="jp-mod-styled jp-mod-accept"
          disabled={model.loading}
          onClick={() => void model.load()}
        >
          {model.loading ? trans.__('Loading…') : trans.__('Load nbcodegen in this kernel')}
        </button>
      )}
      {model.state === 'not-installed' && <code>%pip install nbcodegen</code>}
    </div>
  );
}

function said(state: LinkState, trans: TranslationBundle): string {
  switch (state) {
    case 'ready':
      return '';
    case 'no-kernel':
      return trans.__('This notebook has no kernel. Choose one to go on.');
    case 'starting':
      return trans.__('The kernel is starting.');
    case 'not-python':
      return trans.__('This kernel does not speak Python, so there are no tables to read.');
    case 'not-loaded':
      return trans.__('nbcodegen is not loaded in this kernel.');
    case 'not-installed':
      return trans.__('nbcodegen is not installed where this kernel runs. Run this in a cell:');
    case 'other-version':
      return trans.__(
        'The kernel has another version of nbcodegen than this page. Upgrade the older one, then restart both.'
      );
    case 'dead':
      return trans.__('The kernel has died. What you wrote is still here; restart the kernel.');
  }
}
