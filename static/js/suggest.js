// Suggestions while somebody types, as a combobox with a listbox. Without script, or when an
// answer fails, the field is a plain field of its form.
const PAUSE = 150;

for (const input of document.querySelectorAll('input[data-suggests]')) combobox(input);

function combobox(input) {
  const list = document.createElement('div');
  const status = document.createElement('p');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  status.className = 'visually-hidden';
  status.setAttribute('aria-live', 'polite');
  input.after(list, status);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');

  let timer, request, here = -1, options = [];

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    options = [];
    status.textContent = '';
    move(-1);
    input.setAttribute('aria-expanded', 'false');
  }

  function move(to) {
    options[here]?.setAttribute('aria-selected', 'false');
    here = to;
    const option = options[here];
    if (!option) return input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function show(html) {
    list.innerHTML = html;
    options = [...list.querySelectorAll('[role=option]')];
    options.forEach((option, place) => {
      option.id = `${list.id}-${place + 1}`;
      option.setAttribute('aria-selected', 'false');
    });
    move(-1);
    list.hidden = !options.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
    const many = options.length === 1 ? '1 suggestion' : `${options.length} suggestions`;
    status.textContent = options.length ? `${many}. Choose with the arrow keys.` : 'No suggestions';
  }

  async function ask() {
    request?.abort();
    const { signal } = request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggests}?${asked(input)}`, { signal });
      const html = answer.ok ? await answer.text() : '';
      // Whoever went on typing, or away, has no use for this answer.
      if (!signal.aborted && document.activeElement === input) show(html);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  }

  function choose(option) {
    const { href } = option.dataset;
    const event = new CustomEvent('suggestion', { bubbles: true });
    if (new URL(href, location).pathname === location.pathname) input.dispatchEvent(event);
    location.assign(href);
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    request?.abort();
    if (input.value.trim()) timer = setTimeout(ask, PAUSE);
    else close();
  });

  input.addEventListener('keydown', event => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if ((key === 'ArrowDown' || key === 'ArrowUp') && options.length) {
      // One step beyond the last stands the field itself.
      const step = key === 'ArrowDown' ? 1 : -1;
      const places = options.length + 1;
      move((here + 1 + step + places) % places - 1);
    } else if (key === 'ArrowDown' && input.value.trim()) {
      ask();
    } else if (key === 'Escape' && !list.hidden) {
      close();
    } else if (key === 'Enter' && options[here]) {
      choose(options[here]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  input.addEventListener('blur', close);
  // The field keeps the focus while the list is pressed.
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const option = event.target.closest('[role=option]');
    if (option) choose(option);
  });
}

// What the form says now, ticks not yet sent included. A finder's own text is no part of the search.
function asked(input) {
  const pairs = [...new FormData(input.form)];
  const { finds } = input.dataset;
  const said = pairs.filter(([name, value]) => value && !(name === finds && value === input.value));
  if (finds) said.push(['find', input.value]);
  return new URLSearchParams(said);
}
