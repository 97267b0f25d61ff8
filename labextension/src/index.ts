/** The plugin: commands, places and settings. The only file with effects on the application. */

import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { icon } from './icon';
import { Inserter } from './insert';
import { keep } from './keep';
import { KernelLink } from './kernel';
import { Marks } from './marks';
import { NotebookModel } from './model';
import type { ISettings } from './model';
import { SidePanel } from './panel';

namespace CommandIDs {
  export const open = 'nbcodegen:open-panel';
}

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nbcodegen:plugin',
  description: 'See your tables, ask, look at what ran on a copy, insert.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ILayoutRestorer, ICommandPalette, ISettingRegistry, ITranslator, IEditorLanguageRegistry, IStateDB
  ],
  activate
};

function activate(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  restorer: ILayoutRestorer | null,
  palette: ICommandPalette | null,
  registry: ISettingRegistry | null,
  translator: ITranslator | null,
  languages: IEditorLanguageRegistry | null,
  state: IStateDB | null
): void {
  const settings: ISettings = {
    position: 'right',
    candidates: 4,
    privacy: '',
    provenance: true,
    mark: true,
    feedback: false
  };
  const spanish = (translator?.languageCode ?? '').startsWith('es');
  const trans = (translator ?? nullTranslator).load('nbcodegen');
  const panel = new SidePanel(trans, languages, spanish);
  const models = new Map<NotebookPanel, IOpened>();

  const follow = (): void => {
    const notebook = tracker.currentWidget;
    panel.model = notebook ? modelOf(notebook, models, settings, state) : null;
  };
  tracker.currentChanged.connect(follow);
  follow();

  app.shell.add(panel, 'right', { rank: 700 });
  restorer?.add(panel, panel.id);
  app.commands.addCommand(CommandIDs.open, {
    label: args => (args.toolbar ? '' : trans.__('Write Code from a Request')),
    caption: trans.__('Write code from a request'),
    icon: args => (args.toolbar ? icon : undefined),
    describedBy: { args: { type: 'object', properties: { toolbar: { type: 'boolean' } } } },
    execute: () => {
      app.shell.activateById(panel.id);
      panel.focusRequest();
    }
  });
  palette?.addItem({ command: CommandIDs.open, category: trans.__('Notebook Operations') });
  void registry?.load(plugin.id).then(loaded => {
    const read = (): void => {
      const before = settings.position;
      Object.assign(settings, loaded.composite);
      if (settings.position !== before) {
        app.shell.add(panel, settings.position, { rank: 700 });
      }
      models.forEach(({ marks }) => marks.draw());
    };
    loaded.changed.connect(read);
    read();
  });
}

/** What belongs to one open notebook. */
interface IOpened {
  model: NotebookModel;
  marks: Marks;
}

/** Each notebook keeps its own state and its own line to its kernel, as long as it is open. */
function modelOf(
  notebook: NotebookPanel,
  models: Map<NotebookPanel, IOpened>,
  settings: ISettings,
  state: IStateDB | null
): NotebookModel {
  const known = models.get(notebook);
  if (known) {
    return known.model;
  }
  const inserter = new Inserter(notebook, () => settings.provenance);
  const marks = new Marks(notebook, () => settings.mark);
  const model = new NotebookModel(new KernelLink(notebook.sessionContext), inserter, () => settings);
  models.set(notebook, { model, marks });
  if (state) {
    keep(model, state, () => notebook.context.path);
  }
  notebook.disposed.connect(() => {
    models.delete(notebook);
    marks.dispose();
    model.dispose();
  });
  return model;
}

export default plugin;
