/** The live tables: sizes, and for an opened one its columns. */

import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef } from 'react';

import type { IOpenTable, NotebookModel } from './model';
import type { IColumn, IColumnLine, ITableLine } from './tokens';

interface IProps {
  model: NotebookModel;
  trans: TranslationBundle;
  /** Put a name into the request. */
  onName: (name: string) => void;
}

const MANY = 12;

export function Tables({ model, trans, onName }: IProps): JSX.Element {
  const [like, setLike] = React.useState('');
  const found = model.tables.filter(({ name }) => name.toLowerCase().includes(like.toLowerCase()));
  if (model.listed && model.tables.length === 0) {
    return (
      <p className="jp-nbcodegen-quiet">
        {trans.__('No table yet. Run a cell that makes one, such as df = pd.read_csv("file.csv").')}
      </p>
    );
  }
  return (
    <>
      {model.tables.length > MANY && (
        <input
          type="search"
          className="jp-mod-styled jp-nbcodegen-search"
          aria-label={trans.__('Search tables')}
          placeholder={trans.__('Search tables')}
          value={like}
          onChange={event => setLike(event.target.value)}
        />
      )}
      <ul className="jp-nbcodegen-tables" aria-label={trans.__('Tables')}>
        {found.map(table => (
          <Table key={table.name} table={table} model={model} trans={trans} onName={onName} />
        ))}
      </ul>
    </>
  );
}

function Table({ table, model, trans, onName }: IProps & { table: ITableLine }): JSX.Element {
  const open = model.open.get(table.name);
  const Caret = open ? caretDownIcon : caretRightIcon;
  const size =
    table.rows === null
      ? trans.__('%1 columns', table.columns.toLocaleString())
      : `${table.rows.toLocaleString()} × ${table.columns.toLocaleString()}`;
  return (
    <li>
      <div className="jp-nbcodegen-table">
        <input
          type="checkbox"
          checked={!model.off.has(table.name)}
          aria-label={trans.__('Use %1', table.name)}
          title={trans.__('The model is told of this table')}
          onChange={() => model.toggle(table.name)}
        />
        <button
          className="jp-nbcodegen-plain"
          aria-expanded={open !== undefined}
          onClick={() => model.expand(table.name)}
        >
          <Caret.react tag="span" className="jp-nbcodegen-caret" />
          <span className="jp-nbcodegen-name">{table.name}</span>
          <span className="jp-nbcodegen-size" title={trans.__('rows × columns')}>
            {size}
          </span>
        </button>
      </div>
      {open && <OpenTable name={table.name} open={open} model={model} trans={trans} onName={onName} />}
    </li>
  );
}

function OpenTable({
  name,
  open,
  model,
  trans,
  onName
}: IProps & { name: string; open: IOpenTable }): JSX.Element {
  return (
    <div className="jp-nbcodegen-open">
      {(open.total > MANY || open.like) && (
        <input
          type="search"
          className="jp-mod-styled jp-nbcodegen-search"
          aria-label={trans.__('Search columns of %1', name)}
          placeholder={trans.__('Search %1 columns', open.total.toLocaleString())}
          defaultValue={open.like}
          onChange={event => model.search(name, event.target.value)}
        />
      )}
      {open.lookedAt !== null && (
        <p className="jp-nbcodegen-quiet">
          {trans.__('Counts are of the first %1 rows.', open.lookedAt.toLocaleString())}
        </p>
      )}
      <ul>
        {open.columns.map(column => (
          <Column
            key={column.position}
            column={column}
            closer={open.closer.get(column.position)}
            lookedAt={open.lookedAt}
            look={() => model.look(name, column.position)}
            trans={trans}
            onName={onName}
          />
        ))}
      </ul>
      {open.columns.length < open.total && (
        <button className="jp-nbcodegen-link" onClick={() => model.more(name)}>
          {trans.__('Show more of %1 columns', open.total.toLocaleString())}
        </button>
      )}
    </div>
  );
}

interface IColumnProps {
  column: IColumnLine;
  closer: IColumn | undefined;
  lookedAt: number | null;
  look: () => void;
  trans: TranslationBundle;
  onName: (name: string) => void;
}

function Column({ column, closer, look, trans, onName }: IColumnProps): JSX.Element {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // A column is looked at when it comes into view, not before.
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        look();
      }
    });
    if (line.current && !closer) {
      observer.observe(line.current);
    }
    return () => observer.disconnect();
  }, [closer === undefined]);
  return (
    <li ref={line} className="jp-nbcodegen-column">
      <button
        className="jp-nbcodegen-plain"
        title={trans.__('Put %1 into the request', column.label)}
        onClick={() => onName(column.label)}
      >
        <span className="jp-nbcodegen-name">{column.label}</span>
        <span className="jp-nbcodegen-kind">{column.kind}</span>
      </button>
      <div className="jp-nbcodegen-facts">
        <span className="jp-nbcodegen-quiet">{told(column, closer, trans)}</span>
        {closer && closer.bins.length > 0 && <Histogram bins={closer.bins} trans={trans} />}
      </div>
    </li>
  );
}

function told(column: IColumnLine, closer: IColumn | undefined, trans: TranslationBundle): string {
  const parts: string[] = [];
  if (closer && closer.looked_at > 0 && closer.missing > 0) {
    const share = (100 * closer.missing) / closer.looked_at;
    parts.push(trans.__('%1 % missing', share < 1 ? '<1' : Math.round(share).toString()));
  }
  const distinct = closer?.distinct ?? column.distinct;
  if (distinct !== null && distinct !== undefined) {
    parts.push(trans.__('%1 distinct', distinct.toLocaleString()));
  }
  const [low, high] = closer?.low ? [closer.low, closer.high] : [column.low, column.high];
  if (low) {
    parts.push(low === high ? low : `${low} – ${high}`);
  } else if (closer && closer.top.length > 0) {
    parts.push(closer.top.slice(0, 3).map(({ text }) => text).join(', '));
  }
  return parts.join(' · ');
}

function Histogram({ bins, trans }: { bins: number[]; trans: TranslationBundle }): JSX.Element {
  const most = Math.max(...bins, 1);
  return (
    <svg
      className="jp-nbcodegen-histogram"
      viewBox={`0 0 ${bins.length} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={trans.__('How the values are spread: %1', bins.join(', '))}
    >
      {bins.map((count, place) => (
        <rect
          key={place}
          x={place + 0.08}
          width={0.84}
          y={10 - (10 * count) / most}
          height={(10 * count) / most}
        />
      ))}
    </svg>
  );
}
