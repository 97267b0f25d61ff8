/**
 * One notebook's line to its kernel: whether nbcodegen answers there, and what it says.
 *
 * Knows sessions and comms, and nothing of what is shown. A line outlives restarts and changes of
 * kernel; what was asked and not answered when a kernel went away is answered by an error here.
 */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import { PROTOCOL, TARGET, isSaid } from './tokens';
import type { Asked, Said } from './tokens';

/** How a notebook's kernel stands towards us. */
export type LinkState =
  | 'no-kernel'
  | 'starting'
  | 'not-python'
  | 'not-loaded'
  | 'not-installed'
  | 'other-version'
  | 'ready'
  | 'dead';

const GONE: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting', 'autorestarting', 'terminating', 'dead'
]);
/** Marks a text that is translated where it is shown. */
const later = { __: (text: string): string => text };
const SUBSHELL_PATIENCE = 2000;

export class KernelLink implements IDisposable {
  constructor(private _context: ISessionContext) {
    _context.kernelChanged.connect(this._onKernel, this);
    _context.statusChanged.connect(this._onStatus, this);
    _context.connectionStatusChanged.connect(this._onConnection, this);
    _context.iopubMessage.connect(this._onMessage, this);
    void _context.ready.then(() => this._attach());
  }

  get state(): LinkState {
    return this._state;
  }

  /** The state has become another one. */
  get stateChanged(): ISignal<this, LinkState> {
    return this._stateChanged;
  }

  /** The kernel has said something. */
  get said(): ISignal<this, Said> {
    return this._said;
  }

  /** A cell, in any window on this kernel, has run to its end. */
  get ran(): ISignal<this, void> {
    return this._ran;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._leave();
    Signal.clearData(this);
  }

  /** Ask, and return the id that answers will carry. */
  ask(asked: Asked): string {
    const id = UUID.uuid4();
    if (this._comm && this._state === 'ready') {
      this._waiting.add(id);
      this._comm.send({ ...asked, id } as unknown as JSONObject);
    } else {
      queueMicrotask(() => this._fail(id, later.__('The kernel does not answer.')));
    }
    return id;
  }

  /** Load the extension, as `%load_ext` in a cell would, without leaving a trace. */
  async load(): Promise<void> {
    const kernel = this._context.session?.kernel;
    if (!kernel) {
      return;
    }
    const future = kernel.requestExecute({
      code: '%load_ext nbcodegen',
      silent: true,
      store_history: false,
      stop_on_error: false
    });
    const reply = await future.done;
    if (reply.content.status === 'error') {
      const { ename } = reply.content as KernelMessage.IReplyErrorContent;
      this._become(ename === 'ModuleNotFoundError' ? 'not-installed' : 'not-loaded');
      return;
    }
    await this._probe(kernel);
  }

  private _onKernel(): void {
    this._leave();
    void this._attach();
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (GONE.has(status)) {
      this._lose(status === 'dead' ? 'dead' : 'starting');
    } else if (status === 'idle' && (this._state === 'starting' || this._state === 'dead')) {
      void this._attach();
    }
  }

  /** A kernel that died comes back on a new socket: what was asked on the old one is lost. */
  private _onConnection(_: ISessionContext, status: Kernel.ConnectionStatus): void {
    if (status === 'connected' && (this._state === 'starting' || this._state === 'dead')) {
      void this._attach();
    }
  }

  private _onMessage(_: ISessionContext, message: KernelMessage.IMessage): void {
    // Our own messages make the kernel busy and idle too: only cells count.
    const parent = message.parent_header as { msg_type?: string };
    const content = message.content as { execution_state?: string };
    if (
      message.header.msg_type === 'status' &&
      parent.msg_type === 'execute_request' &&
      content.execution_state === 'idle'
    ) {
      this._ran.emit();
    }
  }

  private async _attach(): Promise<void> {
    const kernel = this._context.session?.kernel;
    if (!kernel || this._isDisposed) {
      this._become('no-kernel');
      return;
    }
    this._become('starting');
    const info = await kernel.info;
    if (kernel !== this._context.session?.kernel) {
      return;
    }
    if (info.language_info.name !== 'python') {
      this._become('not-python');
      return;
    }
    if (this._kernel !== kernel) {
      this._kernel = kernel;
      // Must not return a promise: that would hold up all of the kernel's messages.
      kernel.registerCommTarget(TARGET, this._onBeacon);
    }
    await this._probe(kernel);
  }

  /** Look for the beacon that `%load_ext` leaves; a page that was reloaded finds it too. */
  private async _probe(kernel: Kernel.IKernelConnection): Promise<void> {
    const reply = await kernel.requestCommInfo({ target_name: TARGET });
    const found = reply.content.status === 'ok' && Object.keys(reply.content.comms).length > 0;
    if (!found) {
      this._become('not-loaded');
    } else if (!this._comm) {
      await this._connect(kernel);
    }
  }

  private _onBeacon = (): void => {
    if (!this._comm && this._kernel) {
      void this._connect(this._kernel);
    }
  };

  private async _connect(kernel: Kernel.IKernelConnection): Promise<void> {
    const comm = kernel.createComm(TARGET);
    this._comm = comm;
    comm.onMsg = message => this._hear(message.content.data);
    comm.onClose = () => this._lose('not-loaded');
    const started = (comm as { subshellStarted?: Promise<void> }).subshellStarted;
    if (kernel.supportsSubshells && started) {
      await Promise.race([started, new Promise(done => setTimeout(done, SUBSHELL_PATIENCE))]);
    }
    if (this._comm === comm) {
      comm.open({ protocol: PROTOCOL });
    }
  }

  private _hear(data: unknown): void {
    if (!isSaid(data)) {
      return;
    }
    if (data.type === 'hello') {
      this._become(data.protocol === PROTOCOL ? 'ready' : 'other-version');
    } else if (data.type !== 'progress' && data.type !== 'candidate') {
      this._waiting.delete(data.id);
    }
    this._said.emit(data);
  }

  /** The kernel, or the extension in it, has gone: nothing that was asked will be answered. */
  private _lose(state: LinkState): void {
    this._comm = null;
    this._become(state);
    for (const id of [...this._waiting]) {
      this._fail(id, later.__('The kernel went away before it answered. Ask again when it is back.'));
    }
  }

  private _leave(): void {
    this._kernel?.removeCommTarget(TARGET, this._onBeacon);
    this._kernel = null;
    const comm = this._comm;
    this._lose('no-kernel');
    if (comm && !comm.isDisposed) {
      comm.onClose = () => undefined;
      comm.close();
    }
  }

  private _fail(id: string, message: string): void {
    this._waiting.delete(id);
    this._said.emit({ type: 'error', id, kind: 'KernelGone', message, guess: '', refused: [] });
  }

  private _become(state: LinkState): void {
    if (state !== this._state && !this._isDisposed) {
      this._state = state;
      this._stateChanged.emit(state);
    }
  }

  private _state: LinkState = 'no-kernel';
  private _kernel: Kernel.IKernelConnection | null = null;
  private _comm: Kernel.IComm | null = null;
  private _waiting = new Set<string>();
  private _isDisposed = false;
  private _stateChanged = new Signal<this, LinkState>(this);
  private _said = new Signal<this, Said>(this);
  private _ran = new Signal<this, void>(this);
}
