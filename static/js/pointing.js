// Pointing at a picture: the place that crops keep in sight, or rectangles that are blurred. It
// fills in the fields beside it, which do the same without this file.
const SVG = 'http://www.w3.org/2000/svg';
const percent = part => Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10;

function at(area, event) {
  const box = area.getBoundingClientRect();
  return [percent((event.clientX - box.left) / box.width), percent((event.clientY - box.top) / box.height)];
}

for (const words of document.querySelectorAll('[data-scripted]')) words.hidden = false;
for (const words of document.querySelectorAll('[data-unscripted]')) words.hidden = true;

const point = document.querySelector('[data-point]');
if (point) {
  const [down, across] = point.querySelectorAll('line');
  const [x, y] = ['x', 'y'].map(name => point.closest('form').elements[name]);
  const draw = () => {
    for (const end of ['x1', 'x2']) down.setAttribute(end, x.value || 50);
    for (const end of ['y1', 'y2']) across.setAttribute(end, y.value || 50);
  };
  point.dataset.scripted = '';
  point.addEventListener('click', event => { [x.value, y.value] = at(point, event).map(Math.round); draw(); });
  point.closest('form').addEventListener('input', draw);
}

const area = document.querySelector('[data-boxes]');
if (area) {
  const form = area.closest('form');
  const plan = area.querySelector('svg');
  const blank = form.querySelector('template');
  const total = form.elements['blur-TOTAL_FORMS'];
  const rows = () => [...form.querySelectorAll('[data-place]')];
  const fields = row => [...row.querySelectorAll('input')];
  const put = (row, box) => fields(row).forEach((field, place) => { field.value = box ? box[place] : ''; });
  const most = Number(form.elements['blur-MAX_NUM_FORMS'].value);

  const draw = () => plan.replaceChildren(...rows().map(row => {
    const rect = document.createElementNS(SVG, 'rect');
    ['x', 'y', 'width', 'height'].forEach((name, place) => rect.setAttribute(name, fields(row)[place].value || 0));
    return rect;
  }));
  const empty = () => rows().find(row => fields(row).every(field => !field.value)) ?? add();
  const add = () => {
    if (Number(total.value) >= most) return null;
    const row = document.createElement('template');
    row.innerHTML = blank.innerHTML.replaceAll('__prefix__', total.value);
    total.value = Number(total.value) + 1;
    blank.before(row.content);
    rows().at(-1).querySelector('legend').textContent = `Place ${total.value}`;
    return rows().at(-1);
  };

  area.dataset.scripted = '';
  area.querySelector('img').draggable = false;
  area.addEventListener('pointerdown', event => {
    const row = event.button === 0 && empty();
    if (!row) return;
    const [left, top] = at(area, event);
    const drag = moved => {
      const [x, y] = at(area, moved);
      put(row, [Math.min(x, left), Math.min(y, top), Math.abs(x - left), Math.abs(y - top)].map(n => Math.round(n * 10) / 10));
      draw();
    };
    const stop = () => {
      area.removeEventListener('pointermove', drag);
      // A press that draws nothing marks nothing.
      if (!(fields(row)[2].value > 0 && fields(row)[3].value > 0)) { put(row, null); draw(); }
    };
    area.setPointerCapture(event.pointerId);
    area.addEventListener('pointermove', drag);
    area.addEventListener('lostpointercapture', stop, { once: true });
  });
  form.addEventListener('input', draw);
  draw();
}
