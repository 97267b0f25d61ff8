/** The answers to a request: what each does, what it showed on a copy, and its code. */

import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef } from 'react';

import type { NotebookModel } from './model';
import type { ICard, IPreview, IRefused } from './tokens';

interface IProps {
  model: NotebookModel;
  trans: TranslationBundle;
  languages: IEditorLanguageRegistry | null;
}

export function Answers({ model, trans, languages }: IProps): JSX.Element {
  return (
    <div className="jp-nbcodegen-answers" aria-live="polite" data-stale={model.stale}>
      {model.notice && <p className="jp-nbcodegen-note">{model.notice}</p>}
      {model.cards.map(card => (
        <Answer key={`${card.id} ${card.rank}`} card={card} {...{ model, trans, languages }} />
      ))}
      {model.seconds !== null && (
        <p className="jp-nbcodegen-quiet">{trans.__('%1 s', model.seconds.toFixed(2))}</p>
      )}
      {model.refused.length > 0 && (
        <details className="jp-nbcodegen-quiet">
          <summary>
            {trans._n(
              '%1 candidate was refused',
              '%1 candidates were refused',
              model.refused.length
            )}
          </summary>
          {model.refused.map((refused, place) => (
            <Refused key={place} refused={refused} {...{ trans, languages }} />
          ))}
        </details>
      )}
    </div>
  );
}

function Answer({ card, model, trans, languages }: IProps & { card: ICard }): JSX.Element {
  const badge = card.tried ? 'verified' : 'checked';
  const followed = model.followed?.id === card.id && model.followed.rank === card.rank;
  return (
    <article
      className={`jp-nbcodegen-card${followed ? ' jp-mod-followed' : ''}`}
      aria-label={trans.__('Answer %1', card.rank + 1)}
      data-badge={badge}
      data-settled={card.settled}
    >
      <p className="jp-nbcodegen-words">{card.words}</p>
      <p className="jp-nbcodegen-badge" data-badge={badge}>
        {badgeOf(card, trans)}
      </p>
      <Preview preview={card.preview} trans={trans} />
      <Code code={card.code} languages={languages} label={trans.__('Code')} />
      {card.notes.map((note, place) => (
        <p key={place} className="jp-nbcodegen-note">
          ⚠ {note}
        </p>
      ))}
      <div className="jp-nbcodegen-buttons">
        <button
          className="jp-mod-styled jp-mod-accept"
          onClick={() => void model.insert(card, 'below')}
        >
          {trans.__('Insert')}
        </button>
        <button className="jp-mod-styled" onClick={() => void model.insert(card, 'run')}>
          {trans.__('Insert and run')}
        </button>
        {model.canReplace && (
          <button className="jp-mod-styled" onClick={() => void model.insert(card, 'replace')}>
            {trans.__('Replace the last one')}
          </button>
        )}
        <button
          className="jp-mod-styled"
          onClick={() => void navigator.clipboard.writeText(card.code)}
        >
          {trans.__('Copy')}
        </button>
        <button
          className="jp-mod-styled"
          aria-pressed={followed}
          onClick={() => model.follow(followed ? null : card)}
        >
          {trans.__('Follow up')}
        </button>
      </div>
      {model.wantsFeedback && <Opinion card={card} model={model} trans={trans} />}
    </article>
  );
}

/** A candidate that did not pass: to look at, not to insert. */
function Refused({
  refused,
  languages,
  trans
}: {
  refused: IRefused;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <article className="jp-nbcodegen-card" data-badge="refused">
      {refused.why.map((why, place) => (
        <p key={place} className="jp-nbcodegen-badge" data-badge="refused">
          {trans.__('refused: %1', why)}
        </p>
      ))}
      <Code code={refused.code} languages={languages} label={trans.__('Code')} />
    </article>
  );
}

/** The badge in words: on how many rows it ran and how long, or why it was not tried. */
function badgeOf(card: ICard, trans: TranslationBundle): string {
  if (!card.tried) {
    const checked = trans.__('checked: it parses, and its names and columns exist');
    return card.untried ? `${checked}; ${trans.__('not tried (%1)', trans.__(card.untried))}` : checked;
  }
  const { rows, of_rows, milliseconds, agreeing } = card.tried;
  const [ran, all] = [rows.toLocaleString(), of_rows.toLocaleString()];
  const verified =
    rows < of_rows
      ? trans.__('verified: ran on %1 of %2 rows in %3 ms', ran, all, milliseconds)
      : trans.__('verified: ran on a copy of all %1 rows in %2 ms', ran, milliseconds);
  return agreeing > 1 ? `${verified}; ${trans.__('%1 candidates agree', agreeing)}` : verified;
}

/** Thumbs, only where the user wants opinions to be kept; says where they are. */
function Opinion({
  card,
  model,
  trans
}: {
  card: ICard;
  model: NotebookModel;
  trans: TranslationBundle;
}): JSX.Element {
  const given = model.opinions.get(card);
  return (
    <div className="jp-nbcodegen-buttons">
      <button
        className="jp-mod-styled"
        aria-pressed={given === true}
        aria-label={trans.__('A good answer')}
        onClick={() => model.judge(card, true)}
      >
        👍
      </button>
      <button
        className="jp-mod-styled"
        aria-pressed={given === false}
        aria-label={trans.__('Not a good answer')}
        onClick={() => model.judge(card, false)}
      >
        👎
      </button>
      {given !== undefined && model.keptIn && (
        <span className="jp-nbcodegen-quiet">{trans.__('Kept in %1', model.keptIn)}</span>
      )}
    </div>
  );
}

function Preview({
  preview,
  trans
}: {
  preview: IPreview;
  trans: TranslationBundle;
}): JSX.Element | null {
  if (preview.picture) {
    const alt = trans.__('Preview: %1', preview.charts.join(', '));
    const picture = (
      <img
        className="jp-nbcodegen-picture"
        alt={alt}
        src={`data:image/png;base64,${preview.picture}`}
      />
    );
    const enlarge = (): void => {
      const buttons = [Dialog.okButton({ label: trans.__('Close') })];
      void showDialog({ title: alt, body: picture, buttons });
    };
    return (
      <div className="jp-nbcodegen-thumbnail" onDoubleClick={enlarge}>
        {picture}
        <button
          className="jp-nbcodegen-link"
          title={trans.__('Enlarge the preview')}
          aria-label={trans.__('Enlarge the preview')}
          onClick={enlarge}
        >
          ⤢
        </button>
      </div>
    );
  }
  if (preview.labels.length > 0) {
    return <Rows preview={preview} trans={trans} />;
  }
  return preview.text ? <pre className="jp-nbcodegen-text">{preview.text}</pre> : null;
}

function Rows({ preview, trans }: { preview: IPreview; trans: TranslationBundle }): JSX.Element {
  const left = preview.rows - preview.head.length;
  return (
    <div className="jp-nbcodegen-rows" tabIndex={0} role="group" aria-label={trans.__('First rows')}>
      <table>
        <thead>
          <tr>
            {preview.labels.map((label, place) => (
              <th key={place} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.head.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <p className="jp-nbcodegen-quiet">{trans.__('… %1 more rows', left.toLocaleString())}</p>
      )}
    </div>
  );
}

function Code({
  code,
  languages,
  label
}: {
  code: string;
  languages: IEditorLanguageRegistry | null;
  label: string;
}): JSX.Element {
  const place = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element || !languages) {
      return;
    }
    const coloured = document.createElement('pre');
    void languages
      .highlight(code, languages.findBest('python'), coloured)
      .then(() => element.replaceChildren(...coloured.childNodes));
  }, [code, languages]);
  // Text first: it is shown before the colours are there, and where there are none.
  return (
    <pre ref={place} className="jp-nbcodegen-code" tabIndex={0} aria-label={label}>
      {code}
    </pre>
  );
}
