/** The panel on the right: what it shows of the model of the notebook in front. No kernel here. */

import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import React from 'react';

import { Answers } from './answers';
import { Draft } from './draft';
import { Face } from './faces';
import { icon } from './icon';
import type { IProblem, NotebookModel } from './model';
import { Request } from './request';
import { Stand } from './stand';
import { Tables } from './tables';
import { withName } from './wording';

export class SidePanel extends ReactWidget {
  constructor(
    private _trans: TranslationBundle,
    private _languages: IEditorLanguageRegistry | null,
    private _spanish: boolean
  ) {
    super();
    this.id = 'nbcodegen-panel';
    this.title.icon = icon;
    this.title.caption = _trans.__('Write code from a request');
    this.addClass('jp-nbcodegen-panel');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('Write code from a request'));
  }

  /** Show another notebook's state, or that there is none. */
  set model(model: NotebookModel | null) {
    if (model !== this._model) {
      this._model = model;
      this._switched.emit();
    }
  }

  /** Put the cursor into the request. */
  focusRequest(): void {
    this._box?.focus();
  }

  protected render(): JSX.Element {
    return <UseSignal signal={this._switched}>{() => this._face()}</UseSignal>;
  }

  private _face(): JSX.Element {
    const model = this._model;
    if (!model) {
      return <Face model={null} trans={this._trans} />;
    }
    return (
      <UseSignal signal={model.changed} key={this._key(model)}>
        {() => this._body(model)}
      </UseSignal>
    );
  }

  private _body(model: NotebookModel): JSX.Element {
    const trans = this._trans;
    const onName = (name: string): void => {
      model.type(withName(model.request, name));
      this.focusRequest();
    };
    return (
      <div className="jp-nbcodegen-body" data-state={model.state} data-working={model.job !== null}>
        <Face model={model} trans={trans} />
        <Request
          model={model}
          trans={trans}
          onBox={box => (this._box = box)}
          spanish={this._spanish}
        />
        {model.problem && <Problem problem={model.problem} trans={trans} />}
        {model.prompt !== null && <Prompt model={model} text={model.prompt} trans={trans} />}
        <Draft model={model} trans={trans} />
        <Answers model={model} trans={trans} languages={this._languages} />
        {model.state === 'ready' && (
          <section aria-label={trans.__('Tables')}>
            <h2>{trans.__('Tables')}</h2>
            <Tables model={model} trans={trans} onName={onName} />
          </section>
        )}
        <Stand model={model} trans={trans} />
      </div>
    );
  }

  private _key(model: NotebookModel): number {
    const known = this._keys.get(model) ?? this._next++;
    this._keys.set(model, known);
    return known;
  }

  private _model: NotebookModel | null = null;
  private _box: HTMLTextAreaElement | null = null;
  private _switched = new Signal<this, void>(this);
  private _keys = new WeakMap<NotebookModel, number>();
  private _next = 0;
}

function Problem({
  problem,
  trans
}: {
  problem: IProblem;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <div className="jp-nbcodegen-problem" role="alert" data-kind={problem.kind}>
      <p>{trans.__(problem.message)}</p>
      {problem.guess && (
        <details>
          <summary>{trans.__('What it would have written')}</summary>
          <pre className="jp-nbcodegen-code">{problem.guess}</pre>
        </details>
      )}
    </div>
  );
}

function Prompt({
  model,
  text,
  trans
}: {
  model: NotebookModel;
  text: string;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <div className="jp-nbcodegen-prompt">
      <p className="jp-nbcodegen-quiet">
        {trans.__('Exactly what the model is told:')}
        <button className="jp-nbcodegen-link" onClick={() => model.hidePrompt()}>
          {trans.__('Hide')}
        </button>
      </p>
      <pre className="jp-nbcodegen-text" tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
