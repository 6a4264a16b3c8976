// Saves a form[data-autosave] while it is written: the same form, to the same address, with a header
// that says so. What the server has not confirmed stays in this browser (js/keep.js) and is sent
// again. A form[data-keep] alone is only kept. Without this file there is the Save button.
import { basis, copy, draw, forget, isDrawn, lost, offer, sweep, writable } from './keep.js';

const QUIET = 1500;
const LONGEST = 8000;
const HEARTBEAT = 45_000;
const RETRY = 10_000;
const PATIENCE = 30_000;
// Browsers send this much after a page is gone.
const SMALL = 60_000;
const SIGNS = { unsaved: '#i-edit', saving: '#i-clock', saved: '#i-check', offline: '#i-alert' };
const AGAIN = 'Not saved. Kept in this browser; trying again';
const UNSAFE = 'Not saved; trying again. Keep this page open';

function payload(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  for (const field of form.querySelectorAll('[data-by-hand]')) data.delete(field.name);
  return data;
}

const sizeOf = data => [...data].reduce((sum, [name, value]) => sum + name.length + 3 * value.length + 200, 0);
const says = (data, name) => data.getAll(name).join('\n').replace(/\r\n?/g, '\n');

function put(form, name, values) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
    else [field.value] = values;
  }
}

class Writing {
  constructor(form) {
    this.form = form;
    this.isAuto = 'autosave' in form.dataset;
    this.state = form.querySelector('.save-state');
    // How often something was typed, and up to where the server has it.
    this.typed = this.saved = 0;
    // What the server keeps aside is not lost when the page is left.
    this.isUnsaved = form.dataset.unsaved === '';
    this.isLeaving = false;
    // What was changed, and what of it has a copy in this browser.
    this.changed = new Set();
    this.touched = new Set();
    this.base = basis(form);
    this.running = this.unsure = null;
    this.listen();
    if (form.dataset.unsaved === 'kept') this.later(QUIET);
  }

  get isDirty() { return this.isUnsaved || this.typed > this.saved; }

  get hasHandwork() {
    return [...this.form.querySelectorAll('[data-by-hand]')].some(field => field.checked !== field.defaultChecked);
  }

  get isWaiting() { return Boolean(this.form.elements.clash); }

  get isFailing() { return this.state?.dataset.state === 'offline'; }

  // Only what needs a person is read out; the rest would interrupt the writing.
  say(name, words, link) {
    if (!this.state) return;
    const isNews = name === 'offline' || this.isFailing;
    this.state.hidden = false;
    this.state.setAttribute('aria-live', isNews ? 'polite' : 'off');
    this.state.dataset.state = name;
    const sign = this.state.querySelector('use');
    sign.setAttribute('href', sign.getAttribute('href').replace(/#.*/, SIGNS[name]));
    const place = this.state.lastElementChild;
    place.textContent = words;
    if (link) {
      const way = document.createElement('a');
      way.href = link;
      way.target = '_blank';
      way.textContent = 'Sign in in a new tab';
      place.append('. ', way);
    }
  }

  keep() {
    this.isKept = copy(this.form, this.touched, this.base, this.unsure?.data);
    this.guard();
    return this.isKept;
  }

  // On Back and on reloading the browser fills in what stood in the fields when they were left. That
  // is older than the page, and wanted only where no copy and no server has it; then what the page
  // was drawn from has to come back too.
  guard() {
    const alone = this.isDirty ? [...this.changed].filter(field => !(this.isKept && this.touched.has(field))) : [];
    for (const field of this.form.elements) {
      const isWanted = alone.includes(field) || (alone.length && isDrawn(field));
      field.autocomplete = isWanted ? 'on' : 'off';
    }
  }

  // What the browser filled in is unsaved writing like any other.
  findRefilled(event) {
    if (event.persisted) return;
    // Not before: it would keep the browser from filling in.
    this.guard();
    const differs = field => (field.type === 'checkbox' || field.type === 'radio'
      ? field.checked !== field.defaultChecked
      : field.matches('textarea, input:not([type="hidden"])') && field.value !== field.defaultValue);
    for (const field of this.form.elements) if (!field.disabled && differs(field)) this.note(field);
  }

  listen() {
    const { form } = this;
    addEventListener('pageshow', event => this.findRefilled(event));
    form.addEventListener('input', event => this.note(event.target));
    form.addEventListener('focusout', event => {
      // The button saves by itself; what is said meanwhile could move it from under the pointer.
      if (this.isAuto && this.typed > this.saved && event.relatedTarget?.type !== 'submit') this.save();
    });
    form.addEventListener('submit', event => this.submitted(event));
    addEventListener('pagehide', () => this.keep());
    addEventListener('beforeunload', event => {
      this.keep();
      if (this.isDirty && !this.isLeaving) event.preventDefault();
    });
    const hurry = () => { if (this.isAuto && this.timer && this.isDirty) this.save(); };
    addEventListener('online', hurry);
    addEventListener('focus', hurry);
    // Says that somebody is still here, and brings what teammates changed meanwhile.
    setInterval(() => {
      const isHere = document.visibilityState === 'visible' && form.contains(document.activeElement);
      if (this.isAuto && isHere && form.elements.revision && !this.isUnsaved && !this.isFailing) this.save();
    }, HEARTBEAT);
    document.addEventListener('visibilitychange', () => {
      this.keep();
      hurry();
    });
  }

  note(field) {
    this.typed += 1;
    this.begun ??= Date.now();
    this.changed.add(field);
    if (writable(this.form).includes(field)) this.touched.add(field);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      const isKept = this.keep() && this.touched.has(field);
      if (!this.running && !this.isFailing) {
        this.say('unsaved', isKept ? 'Unsaved changes, kept in this browser' : 'Unsaved changes');
      }
    }, 400);
    if (this.isAuto && !this.isWaiting && !(this.isFailing && this.timer)) {
      this.later(Math.max(0, Math.min(QUIET, this.begun + LONGEST - Date.now())));
    }
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // One sending at a time. Resolves when the server has what was typed, or it is known that it has not.
  save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.isWaiting || this.isLeaving) return Promise.resolve();
    this.running ??= this.send().finally(() => { this.running = null; });
    return this.running;
  }

  async send() {
    do {
      this.isAgain = false;
      this.begun = null;
      // A sending without an answer is repeated word for word before anything newer is said: if it
      // had arrived, the server finds that it says nothing new.
      const sending = this.unsure ?? { data: payload(this.form), upTo: this.typed };
      sending.data.set('csrfmiddlewaretoken', this.form.elements.csrfmiddlewaretoken.value);
      if (!this.isFailing && this.typed > this.saved) this.say('saving', 'Saving…');
      this.unsure = sending;
      let answer, told;
      try {
        answer = await fetch(this.form.getAttribute('action'), {
          method: 'POST',
          body: sending.data,
          headers: { 'X-Autosave': '1' },
          redirect: 'error',
          keepalive: sizeOf(sending.data) < SMALL,
          signal: AbortSignal.timeout(PATIENCE),
        });
        told = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : null;
      } catch {
        return this.fail();
      }
      this.answered(sending, answer, told);
    } while (this.isAgain);
  }

  answered(sending, answer, told) {
    const act = told && this[{
      saved: 'isSaved', invalid: 'isOpen', kept: 'isOpen', conflict: 'isBeaten', gone: 'isGone',
      'signed-out': 'isOut', other: 'isOut', again: 'isRenewed',
    }[told.state]];
    const others = this.form.querySelector('[data-others]');
    if (told?.others !== undefined && others) others.innerHTML = told.others;
    if (act) {
      this.unsure = null;
      act.call(this, sending, told);
    } else if (answer.status === 413) this.stop('Not saved: too much for one page');
    else if (answer.status === 404) this.stop('Not saved: this page is not yours any more');
    else this.fail(Number(answer.headers.get('Retry-After')) * 1000);
  }

  isSaved(sending, told) {
    this.learn(sending, told);
    this.base = basis(this.form);
    this.saved = sending.upTo;
    this.isUnsaved = this.hasHandwork;
    document.querySelector('main > .notice[data-unsaved]')?.remove();
    if (this.typed > this.saved) {
      this.isAgain = true;
      return;
    }
    if (!this.typed && !this.isFailing) return;
    clearTimeout(this.keeping);
    forget(this.form, this.touched);
    this.touched.clear();
    this.changed.clear();
    this.guard();
    if (this.hasHandwork) this.say('unsaved', `${told.words}. Press Save to remove what you ticked`);
    else this.say('saved', told.words);
  }

  // Not valid yet, or not made yet. The server keeps it too.
  isOpen(sending, told) {
    if (told.fields) this.learn(sending, told);
    if (told.kept) this.saved = sending.upTo;
    this.isUnsaved = !told.kept;
    this.keep();
    if (this.typed > sending.upTo) this.later(QUIET);
    this.say('unsaved', told.words);
  }

  isBeaten(sending, told) {
    if (!this.learn(sending, told)) {
      this.isAgain = true;
      return;
    }
    for (const old of this.form.querySelectorAll('[data-conflict]')) old.remove();
    const place = this.form.querySelector('.save-bar');
    place.insertAdjacentHTML('afterend', told.conflict);
    this.isUnsaved = true;
    this.keep();
    this.say('offline', told.words);
  }

  isGone(sending, told) { this.stop(told.words); }

  isOut(sending, told) {
    this.say('offline', this.withPlace(told.words), told.login);
    this.later(RETRY);
  }

  // Signed in again elsewhere: the page gets its new token against forgery, and goes on.
  isRenewed(sending, told) {
    if (this.form.elements.csrfmiddlewaretoken.value === told.csrf) {
      this.fail();
      return;
    }
    for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = told.csrf;
    this.isAgain = true;
  }

  // Take over what the answer says of the page's fields; false when one was typed in meanwhile.
  learn(sending, told) {
    const now = payload(this.form);
    const names = Object.keys(told.taken);
    if (names.some(name => says(now, name) !== says(sending.data, name))) return false;
    for (const name of names) put(this.form, name, told.taken[name]);
    for (const [name, value] of Object.entries(told.fields)) {
      if (this.form.elements[name]) draw(this.form.elements[name], value);
    }
    return true;
  }

  stop(words) {
    this.unsure = null;
    this.isUnsaved = true;
    this.say('offline', this.withPlace(words));
  }

  // A browser may refuse to keep a copy.
  withPlace(words) { return `${words}. ${this.keep() ? 'Kept in this browser' : 'Keep this page open'}`; }

  fail(milliseconds) {
    this.say('offline', this.keep() ? AGAIN : UNSAFE);
    this.later(Math.max(RETRY, milliseconds || 0));
  }

  // The button waits for a sending under way: both at once would meet as if two people wrote.
  async submitted(event) {
    if (this.running) {
      event.preventDefault();
      const { submitter } = event;
      await this.running;
      // What a teammate wrote is read first.
      if (this.isWaiting) this.form.querySelector('[data-conflict] a')?.focus();
      else this.form.requestSubmit(submitter);
      return;
    }
    clearTimeout(this.timer);
    this.keep();
    this.isLeaving = true;
  }
}

function saveByKey(event) {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const form = document.activeElement?.closest?.('form[data-keep]') ?? document.querySelector('form[data-keep]');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('.save-bar [type="submit"], .form-actions [type="submit"]'));
}

sweep();
const writings = [...document.querySelectorAll('form[data-keep]')].map(form => {
  const found = lost(form);
  if (found.length) offer(form, found);
  return new Writing(form);
});
document.addEventListener('keydown', saveByKey);
// A page kept by the browser is older than what was saved from it.
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
const unsent = () => writings.filter(writing => writing.isAuto && writing.typed > writing.saved);
const sent = open => Promise.race([Promise.all(open.map(writing => writing.save())), new Promise(done => { setTimeout(done, 4000); })]);
// A form beside the writing that goes on with it saves first, and so does a link; nobody is asked.
document.addEventListener('submit', async event => {
  const open = event.target.matches('[data-after-saving]') ? unsent() : [];
  if (!open.length) return;
  event.preventDefault();
  await sent(open);
  event.target.submit();
});
document.addEventListener('click', async event => {
  const link = event.target.closest('a[href]');
  const isPlain = !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.target || link.getAttribute('href').startsWith('#') || link.origin !== location.origin) return;
  const open = unsent();
  if (!open.length) return;
  event.preventDefault();
  await sent(open);
  location.assign(link.href);
});
