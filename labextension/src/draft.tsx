/** What the model has written so far: to watch, until there are answers. */

import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef } from 'react';

import type { NotebookModel } from './model';

interface IProps {
  model: NotebookModel;
  trans: TranslationBundle;
}

export function Draft({ model, trans }: IProps): JSX.Element | null {
  const place = useRef<HTMLPreElement>(null);
  const code = model.stale && model.job ? model.job.code : '';
  useEffect(() => {
    place.current?.scrollTo({ top: place.current.scrollHeight });
  }, [code]);
  // Outside the live region: a screen reader is told of answers, not of every token.
  return code ? (
    <pre
      ref={place}
      className="jp-nbcodegen-code jp-mod-draft"
      tabIndex={0}
      aria-label={trans.__('Code, while it is written')}
    >
      {code}
    </pre>
  ) : null;
}
