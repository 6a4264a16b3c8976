// Sends each picture that is chosen, dropped, pasted or taken by itself, with progress, cancel and
// another try; puts pictures in order by dragging. Without this file the same field goes up with the
// form, and buttons do the ordering. Words typed meanwhile stay where they are.
const AT_ONCE = 2;
const form = document.querySelector('form[data-add]');
const input = form?.querySelector('#files');
const list = form?.querySelector('#uploads');
const sheet = form?.querySelector('#photographs');
const waiting = [];
const lost = new Set();
let running = 0;
// The longest side of a very large picture that is drawn smaller before it is sent.
const LONGEST = 4096;

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
  lost.delete(job);
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
  return button('Try again', job.file.name, () => { lost.delete(job); queue(job); next(); });
}

function lose(job, words = 'The connection was lost.') {
  refuse(job, words, again(job));
  lost.add(job);
}

// Others were quicker. It is sent again by itself, unless somebody presses a button before that.
function postpone(job) {
  lose(job, 'Many pictures are arriving right now. Trying again soon.');
  setTimeout(() => {
    if (!job.row.isConnected || !lost.delete(job)) return;
    queue(job);
    next();
  }, Number(form.dataset.patience));
}

// A browser that protects against fingerprints hands out noise instead of pixels.
function canvasIsTrue() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#336699';
  pen.fillRect(0, 0, 8, 8);
  return pen.getImageData(0, 0, 8, 8).data.every((n, i) => n === [0x33, 0x66, 0x99, 255][i % 4]);
}

// A very large JPEG, drawn smaller and upright; whatever else there is, and in doubt, the file itself.
async function shrunk(file) {
  if (file.type !== 'image/jpeg' || file.size <= Number(form.dataset.shrink)) return file;
  try {
    if (!canvasIsTrue()) return file;
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * part);
    canvas.height = Math.round(picture.height * part);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const smaller = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.9));
    return smaller && smaller.size < file.size ? new File([smaller], file.name, { type: file.type }) : file;
  } catch { return file; }
}

function answered(job, request) {
  const isText = request.getResponseHeader('Content-Type')?.startsWith('text/plain');
  if (request.status === 201) arrived(job, request.responseText);
  else if (request.status === 422 && isText) refuse(job, request.responseText);
  else if (request.status === 503 && isText) postpone(job);
  else if (request.status === 413) refuse(job, 'This file is too large to send.');
  else if (request.responseURL !== new URL(form.dataset.add, location).href) {
    refuse(job, 'You are signed out. Sign in in another tab, then try again.', again(job));
  } else refuse(job, 'It did not arrive.', again(job));
}

async function send(job) {
  running += 1;
  show(job, make('span', 'Preparing it'), make('span'), make('span'));
  const file = await shrunk(job.file);
  const data = new FormData();
  for (const name of ['csrfmiddlewaretoken', 'drawn_for']) data.append(name, form.elements[name].value);
  data.append('key', job.key);
  data.append('photos', file);
  const request = new XMLHttpRequest();
  const bar = progress(job, 0);
  const percent = make('span', '0%', 'num');
  show(job, bar, percent, button('Cancel', job.file.name, () => request.abort()));
  request.upload.addEventListener('progress', event => {
    bar.value = Math.floor(event.loaded / event.total * 100);
    percent.textContent = bar.value < 100 ? `${bar.value}%` : 'Reading it';
  });
  request.addEventListener('load', () => answered(job, request));
  request.addEventListener('error', () => lose(job));
  request.addEventListener('abort', () => refuse(job, 'Cancelled.', again(job)));
  request.addEventListener('loadend', () => { running -= 1; next(); });
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

// Pictures change places by dragging: what the buttons do, through the same form.
function orderByDragging() {
  let dragged = null;
  const pictures = () => [...sheet.querySelectorAll('[data-picture]')];
  for (const words of form.querySelectorAll('[data-scripted]')) words.hidden = false;
  // Only by the picture itself: words in the fields are selected with the same gesture.
  sheet.addEventListener('pointerdown', event => {
    for (const picture of pictures()) picture.draggable = false;
    const held = event.target.closest('.preview img') && event.target.closest('[data-picture]');
    if (!held) return;
    held.draggable = true;
    event.target.draggable = false;
  });
  sheet.addEventListener('dragstart', event => {
    dragged = event.target.closest('[data-picture]');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.picture);
  });
  sheet.addEventListener('dragover', event => {
    const over = dragged && event.target.closest('[data-picture]');
    if (!over) return;
    event.preventDefault();
    for (const picture of pictures()) picture.toggleAttribute('data-over', picture === over);
  });
  sheet.addEventListener('dragend', () => {
    dragged = null;
    for (const picture of pictures()) picture.removeAttribute('data-over');
  });
  sheet.addEventListener('drop', event => {
    const over = dragged && event.target.closest('[data-picture]');
    if (!over || over === dragged) return;
    event.preventDefault();
    const place = document.createElement('button');
    place.name = 'place';
    place.value = `${dragged.dataset.picture} ${pictures().indexOf(over)}`;
    place.hidden = true;
    form.append(place);
    form.requestSubmit(place);
  });
}

if (input) {
  form.querySelector('[data-plain-upload]').hidden = true;
  for (const field of form.querySelectorAll('input[type="file"]')) {
    field.addEventListener('change', () => { take([...field.files]); field.value = ''; });
  }
  const zone = input.closest('.dropzone');
  for (const name of ['dragenter', 'dragover']) zone.addEventListener(name, () => { zone.dataset.over = ''; });
  for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => { delete zone.dataset.over; });
  addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  addEventListener('online', () => {
    const back = [...lost];
    lost.clear();
    back.forEach(queue);
    next();
  });
  addEventListener('beforeunload', event => { if (running || waiting.length) event.preventDefault(); });
  orderByDragging();
}
