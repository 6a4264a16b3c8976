// Keep the address of a search short: fields that say nothing are not sent.
const unsaid = { q: '', sort: '', match: 'any' };

for (const form of document.querySelectorAll('form[role="search"], form.plan')) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of Object.entries(unsaid)) {
      if (formData.get(name) === value) formData.delete(name);
    }
  });
}
