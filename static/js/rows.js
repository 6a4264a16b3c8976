// Another empty row of a formset without a round trip. Without this file a few empty rows are
// there from the start, and more appear after saving.
for (const section of document.querySelectorAll('[data-rows]')) {
  const total = section.querySelector(`[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const blank = section.querySelector('template');
  const ask = section.querySelector('[data-add-row]');
  ask.hidden = false;
  ask.querySelector('button').addEventListener('click', () => {
    const row = document.createElement('template');
    row.innerHTML = blank.innerHTML.replaceAll('__prefix__', total.value);
    total.value = Number(total.value) + 1;
    const list = section.querySelector('[data-list]');
    list.append(row.content);
    list.lastElementChild.querySelector('legend').textContent = `Session ${total.value}`;
    list.lastElementChild.querySelector('input').focus();
  });
}
