/** The box where a request is written: history, completion of names, examples, one button. */

import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

import { completed, completions, examples } from './wording';
import type { IJob, NotebookModel } from './model';

interface IProps {
  model: NotebookModel;
  trans: TranslationBundle;
  /** Told the box, so that a command can put the cursor there. */
  onBox: (box: HTMLTextAreaElement | null) => void;
  spanish: boolean;
}

export function Request({ model, trans, onBox, spanish }: IProps): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [listing, setListing] = useState(false);
  useEffect(() => {
    onBox(box.current);
    return () => onBox(null);
  }, []);
  const ready = model.state === 'ready';
  const found = listing ? completions(model.request, at, model.known, model.tables) : [];

  const take = (name: string): void => {
    const next = completed(model.request, at, name);
    model.type(next.text);
    setListing(false);
    queueMicrotask(() => box.current?.setSelectionRange(next.at, next.at));
  };

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    const area = event.currentTarget;
    if (found.length > 0 && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : found.length - 1;
      setChosen((chosen + step) % found.length);
    } else if (found.length > 0 && (event.key === 'Tab' || event.key === 'Enter') && !event.ctrlKey) {
      event.preventDefault();
      take(found[Math.min(chosen, found.length - 1)]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      found.length > 0 ? setListing(false) : model.cancel();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      model.generate();
    } else if (event.key === 'ArrowUp' && !area.value.slice(0, area.selectionStart).includes('\n')) {
      event.preventDefault();
      model.recall(-1);
    } else if (event.key === 'ArrowDown' && !area.value.slice(area.selectionEnd).includes('\n')) {
      event.preventDefault();
      model.recall(1);
    }
  };

  return (
    <section className="jp-nbcodegen-request" aria-label={trans.__('Request')}>
      {model.followed && (
        <p className="jp-nbcodegen-following">
          {trans.__('Goes on from: %1', model.followed.words || model.followed.code.split('\n')[0])}
          <button
            className="jp-nbcodegen-link"
            aria-label={trans.__('Do not go on from it')}
            onClick={() => model.follow(null)}
          >
            ✕
          </button>
        </p>
      )}
      <textarea
        ref={box}
        className="jp-mod-styled"
        rows={3}
        value={model.request}
        aria-label={trans.__('Request')}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? 'jp-nbcodegen-names' : undefined}
        aria-activedescendant={found.length > 0 ? `jp-nbcodegen-name-${chosen}` : undefined}
        placeholder={trans.__('average price by city')}
        onFocus={() => model.learn()}
        onChange={event => {
          model.type(event.target.value);
          setAt(event.target.selectionStart);
          setChosen(0);
          setListing(true);
          model.learn();
        }}
        onBlur={() => setListing(false)}
        onKeyDown={onKeyDown}
      />
      {found.length > 0 && (
        <ul id="jp-nbcodegen-names" className="jp-nbcodegen-names" role="listbox" aria-label={trans.__('Names')}>
          {found.map((name, place) => (
            <li
              key={name}
              id={`jp-nbcodegen-name-${place}`}
              role="option"
              aria-selected={place === chosen}
              onMouseDown={event => {
                event.preventDefault();
                take(name);
              }}
            >
              {name}
            </li>
          ))}
        </ul>
      )}
      <div className="jp-nbcodegen-buttons">
        {model.job ? (
          <button className="jp-mod-styled jp-mod-warn" onClick={() => model.cancel()}>
            {trans.__('Stop')}
          </button>
        ) : (
          <button
            className="jp-mod-styled jp-mod-accept"
            disabled={!ready || !model.request.trim()}
            title={trans.__('Ctrl+Enter')}
            onClick={() => model.generate()}
          >
            {trans.__('Generate')}
          </button>
        )}
        {model.job ? (
          <>
            <span className="jp-nbcodegen-quiet" role="status">
              {stage(model.job, trans)}
            </span>
            {model.job.stage === 'opening' && <Opening job={model.job} trans={trans} />}
          </>
        ) : (
          <button className="jp-nbcodegen-link" disabled={!ready} onClick={() => model.showPrompt()}>
            {trans.__('Show the exact prompt')}
          </button>
        )}
      </div>
      {!model.request && model.cards.length === 0 && (
        <ul className="jp-nbcodegen-examples" aria-label={trans.__('Examples')}>
          {examples(model.tables, model.known, spanish).map(example => (
            <li key={example}>
              <button className="jp-nbcodegen-link" onClick={() => model.type(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How far a model is that opens; outside the status, which is read aloud when it changes. */
function Opening({ job, trans }: { job: IJob; trans: TranslationBundle }): JSX.Element {
  return (
    <span className="jp-nbcodegen-quiet">
      <progress value={job.share} aria-label={trans.__('Opened so far')} />{' '}
      {trans.__('%1 s', job.seconds)}
    </span>
  );
}

function stage({ stage, count }: IJob, trans: TranslationBundle): string {
  if (stage === 'opening') {
    return trans.__('The model is opening…');
  }
  return stage === 'trying'
    ? trans._n('Trying %1 candidate on a copy…', 'Trying %1 candidates on a copy…', count)
    : trans.__('The model is writing…');
}
