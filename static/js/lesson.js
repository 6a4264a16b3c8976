// Words selected in an answer become an insight by one press. Without this file each sentence is a
// button in the list of reflections.
const form = document.querySelector('#lesson');
const SHOWN = 40;

function selected(answer) {
  if (answer.matches('textarea')) return answer.value.slice(answer.selectionStart, answer.selectionEnd);
  const selection = getSelection();
  const isInside = answer.contains(selection.anchorNode) && answer.contains(selection.focusNode);
  return isInside && !selection.isCollapsed ? String(selection) : '';
}

// The offer stands after the answer, so that Tab leads to it, and is read out.
function watch(answer) {
  const place = document.createElement('p');
  const button = document.createElement('button');
  place.setAttribute('role', 'status');
  place.className = 'lesson-offer';
  button.type = 'submit';
  button.className = 'button small plain';
  button.setAttribute('form', form.id);
  answer.after(place);
  let words = '';
  const show = () => {
    // While one goes to the button nothing is selected any more in some browsers.
    if (document.activeElement === button) return;
    const now = selected(answer).replace(/\s+/g, ' ').trim();
    if (now === words) return;
    words = now;
    const begun = words.length > SHOWN ? `${words.slice(0, SHOWN).trimEnd()}…` : words;
    button.textContent = `Make an insight of “${begun}”`;
    place.replaceChildren(...(words ? [button] : []));
  };
  button.addEventListener('click', () => { form.elements.sentence.value = `${answer.dataset.lesson}:${words}`; });
  document.addEventListener('selectionchange', show);
  for (const name of ['select', 'keyup', 'pointerup']) answer.addEventListener(name, show);
}

if (form) for (const answer of document.querySelectorAll('[data-lesson]:is(textarea:enabled, blockquote, .prose)')) watch(answer);
