/** Which model answers, where it runs, what it may be told, and what holds trials. */

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { NotebookModel } from './model';

interface IProps {
  model: NotebookModel;
  trans: TranslationBundle;
}

export function Stand({ model, trans }: IProps): JSX.Element | null {
  const status = model.status;
  if (!status) {
    return null;
  }
  const busy = model.job !== null;
  const grades: [string, string][] = [
    ['', trans.__('by where the model runs')],
    ['names', trans.__('names only')],
    ['stats', trans.__('names and statistics')],
    ['samples', trans.__('names, statistics and samples')]
  ];
  return (
    <details className="jp-nbcodegen-stand">
      <summary>
        <span className="jp-nbcodegen-dot" data-busy={busy} aria-hidden="true" />
        {status.model} · {busy ? trans.__('working') : where(status.where, trans)}
      </summary>
      <label>
        {trans.__('Model')}
        <select
          className="jp-mod-styled"
          value={status.model}
          disabled={busy}
          onChange={event => model.choose({ model: event.target.value })}
        >
          {status.models.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        {trans.__('Or a folder, a model of the hub, the address of a server')}
        <input
          className="jp-mod-styled"
          type="text"
          placeholder="http://localhost:8000/v1#model"
          disabled={busy}
          onKeyDown={event => {
            const address = event.currentTarget.value.trim();
            if (event.key === 'Enter' && address) {
              model.choose({ model: address });
            }
          }}
        />
      </label>
      <label>
        {trans.__('It may be told')}
        <select
          className="jp-mod-styled"
          value={String(status.settings.privacy ?? '')}
          disabled={busy}
          onChange={event => model.choose({ privacy: event.target.value })}
        >
          {grades.map(([grade, says]) => (
            <option key={grade} value={grade} disabled={grade === '' && status.settings.privacy !== undefined}>
              {says}
            </option>
          ))}
        </select>
      </label>
      <dl>
        <dt>{trans.__('Trials')}</dt>
        <dd>{status.trials || trans.__('off: code is checked, not run')}</dd>
        {status.memory !== null && (
          <>
            <dt>{trans.__('Memory of the kernel')}</dt>
            <dd>{trans.__('%1 MB', status.memory.toLocaleString())}</dd>
          </>
        )}
        <dt>{trans.__('Version')}</dt>
        <dd>{status.version}</dd>
      </dl>
    </details>
  );
}

function where(place: string, trans: TranslationBundle): string {
  if (place === 'in process') {
    return trans.__('in this kernel');
  }
  return place === '' ? trans.__('opens with the first request') : place;
}
