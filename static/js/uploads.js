// Sends each chosen picture by itself, with progress, cancel and another try. Without this file the
// same field goes up with the form. Words typed meanwhile stay where they are.
const AT_ONCE = 2;
const form = document.querySelector('form[data-add]');
const input = form?.querySelector('#files');
const list = form?.querySelector('#uploads');
const sheet = form?.querySelector('#photographs');
const waiting = [];
let running = 0;

// crypto.randomUUID is missing where a school serves the site without TLS.
function uuid() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

function make(tag, words, name) {
  const made = document.createElement(tag);
  made.textContent = words ?? '';
  if (name) made.className = name;
  return made;
}

function button(words, about, act) {
  const made = make('button', words, 'text-button');
  made.type = 'button';
  made.append(make('span', ` ${about}`, 'visually-hidden'));
  made.addEventListener('click', act);
  return made;
}

// One row: the name, then what happens to it, then what can be done.
function show(job, ...parts) {
  const size = `${(job.file.size / 1024 ** 2).toFixed(1)} MB`;
  const name = make('span');
  name.append(make('b', job.file.name), ` ${size}`);
  job.row.replaceChildren(name, ...parts);
}

function refuse(job, words, ...ways) {
  const last = make('span');
  last.append(...ways, ' ', button('Remove', job.file.name, () => job.row.remove()));
  show(job, make('span', words, 'refused'), last);
}

function arrived(job, html) {
  const part = document.createElement('template');
  part.innerHTML = html;
  const photo = part.content.querySelector('.photo-form');
  if (!document.getElementById(photo.id)) sheet.append(photo);
  document.querySelector('#no-photographs')?.remove();
  const link = make('a', 'Describe it');
  link.href = `#${photo.id}`;
  const bar = progress(job, 100);
  show(job, bar, make('span', 'Arrived'), link);
}

function progress(job, percent) {
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.value = percent;
  bar.setAttribute('aria-label', `Uploading ${job.file.name}`);
  return bar;
}

function again(job) {
  return button('Try again', job.file.name, () => { queue(job); next(); });
}

function answered(job, request) {
  const isText = request.getResponseHeader('Content-Type')?.startsWith('text/plain');
  if (request.status === 201) arrived(job, request.responseText);
  else if (request.status === 422 && isText) refuse(job, request.responseText);
  else if (request.status === 413) refuse(job, 'This file is too large to send.');
  else if (request.responseURL !== new URL(form.dataset.add, location).href) {
    refuse(job, 'You are signed out. Sign in in another tab, then try again.', again(job));
  } else refuse(job, 'It did not arrive.', again(job));
}

function send(job) {
  const data = new FormData();
  for (const name of ['csrfmiddlewaretoken', 'drawn_for']) data.append(name, form.elements[name].value);
  data.append('key', job.key);
  data.append('photos', job.file);
  const request = new XMLHttpRequest();
  const bar = progress(job, 0);
  const percent = make('span', '0%', 'num');
  show(job, bar, percent, button('Cancel', job.file.name, () => request.abort()));
  request.upload.addEventListener('progress', event => {
    bar.value = Math.floor(event.loaded / event.total * 100);
    percent.textContent = bar.value < 100 ? `${bar.value}%` : 'Reading it';
  });
  request.addEventListener('load', () => answered(job, request));
  request.addEventListener('error', () => refuse(job, 'The connection was lost.', again(job)));
  request.addEventListener('abort', () => refuse(job, 'Cancelled.', again(job)));
  request.addEventListener('loadend', () => { running -= 1; next(); });
  running += 1;
  request.open('POST', form.dataset.add);
  request.send(data);
}

function queue(job) {
  show(job, make('span', 'Waiting'), make('span'), button('Cancel', job.file.name, () => {
    waiting.splice(waiting.indexOf(job), 1);
    refuse(job, 'Cancelled.', again(job));
  }));
  waiting.push(job);
}

function next() {
  while (running < AT_ONCE && waiting.length) send(waiting.shift());
}

function take(files) {
  for (const file of files) {
    // The key stays the same when it is tried again, so that one picture arrives once.
    const job = { file, key: uuid(), row: document.createElement('li') };
    list.append(job.row);
    queue(job);
  }
  next();
}

if (input) {
  form.querySelector('[data-plain-upload]').hidden = true;
  input.addEventListener('change', () => { take([...input.files]); input.value = ''; });
  const zone = input.closest('.dropzone');
  for (const name of ['dragenter', 'dragover']) zone.addEventListener(name, () => { zone.dataset.over = ''; });
  for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => { delete zone.dataset.over; });
  addEventListener('beforeunload', event => { if (running || waiting.length) event.preventDefault(); });
}
