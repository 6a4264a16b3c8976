// The writing sheet: buttons that write Markdown, and words counted while typing.
const MARKS = {
  bold: { around: '**', sample: 'bold' },
  emphasis: { around: '*', sample: 'emphasis' },
  heading: { line: '## ', sample: 'Heading' },
  list: { line: '- ', sample: 'an item' },
  numbers: { line: '1. ', sample: 'an item' },
  quote: { line: '> ', sample: 'what somebody said' },
  table: { block: '\n| One | Two |\n| --- | --- |\n| a | b |\n' },
  footnote: { block: '[^1]', end: n => `\n\n[^${n}]: its words` },
  link: { before: '[', after: '](https://)', sample: 'words' },
};

let last = null;

// execCommand keeps the browser's own undo; setRangeText is the way without it.
function insert(area, text, from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, from, to, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function apply(area, mark) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to) || mark.sample;
  if (mark.block) {
    // A footnote has the first number that is free, and its words stand at the end.
    let n = 1;
    while (value.includes(`[^${n}]`)) n += 1;
    const text = mark.end ? `[^${n}]` : mark.block;
    insert(area, text, to, to);
    if (!mark.end) return;
    const end = area.value.length;
    insert(area, mark.end(n), end, end);
    return area.setSelectionRange(area.value.length - 9, area.value.length);
  }
  if (mark.line) {
    const start = value.lastIndexOf('\n', from - 1) + 1;
    const lines = value.slice(start, to) || mark.sample;
    return insert(area, lines.split('\n').map(line => mark.line + line).join('\n'), start, Math.max(to, start));
  }
  const before = mark.around ?? mark.before;
  insert(area, before + chosen + (mark.around ?? mark.after), from, to);
  area.setSelectionRange(from + before.length, from + before.length + chosen.length);
}

const count = text => text.split(/\s+/).filter(Boolean).length;

for (const sheet of document.querySelectorAll('.sheet:has(textarea)')) {
  // Rows of a structured section have lines of text of their own, which know no Markdown.
  const areas = [...sheet.querySelectorAll('textarea')].filter(area => !area.closest('.ledger'));
  const tools = sheet.querySelector('[data-markdown]');
  const meter = sheet.querySelector('[data-words]');
  last = areas[0];
  sheet.addEventListener('focusin', event => { if (areas.includes(event.target)) last = event.target; });
  if (tools && !last.disabled) {
    tools.hidden = false;
    tools.addEventListener('click', event => {
      const name = event.target.closest('[data-mark]')?.dataset.mark;
      if (name) apply(last, MARKS[name]);
    });
  }
  sheet.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return sheet.querySelector('[name="preview"]')?.click();
    }
    const name = { b: 'bold', i: 'emphasis', k: 'link' }[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !areas.includes(event.target)) return;
    event.preventDefault();
    apply(event.target, MARKS[name]);
  });
  const show = () => {
    const written = sheet.querySelectorAll('textarea, .ledger input[type="text"]:not([inputmode])');
    const words = [...written].reduce((sum, area) => sum + count(area.value), 0);
    meter.querySelector('meter').value = words;
    meter.querySelector('b').textContent = words;
  };
  if (meter) {
    sheet.addEventListener('input', show);
    show();
  }
}
// “How others wrote this” is fetched when it is opened; its link works without this.
for (const drawer of document.querySelectorAll('[data-load]')) {
  drawer.addEventListener('toggle', async () => {
    if (!drawer.open || drawer.dataset.asked) return;
    drawer.dataset.asked = true;
    try {
      const answer = await fetch(drawer.dataset.load);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      drawer.querySelector('[data-into]').replaceChildren(page.querySelector('[data-examples]'));
    } catch { delete drawer.dataset.asked; }
  });
}
const shown = document.querySelector('#preview');
if (shown) shown.focus();
else if (location.hash === '#sums') document.querySelector('#sums')?.focus();
