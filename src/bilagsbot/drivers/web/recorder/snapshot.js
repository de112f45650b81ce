// What is on the screen: the window's page with all its frames, as HTML that shows the same without any script.
// Secrets are taken out here, before anything leaves the page.
(() => {
  const own = window.__bilagsbot;
  if (!own || own.snapshot) return;
  const FRAMES = 'frame, iframe', HERE = 'data-bilagsbot';

  own.secrets = new WeakSet();
  own.isSecret = e => own.secrets.has(e) || e.type === 'password' ||
    /password$|one-time-code|cc-csc/.test(e.autocomplete || '') ||
    /passord|passwd|password|pin-?kode|^pin$|engangskode|secret|token|^cvc$|^cvv$/i.test(e.name || e.id || '');

  const keepState = (from, to) => {
    if (from.tagName === 'INPUT') {
      if (own.isSecret(from) || from.type === 'file') to.removeAttribute('value');
      else if (from.type === 'checkbox' || from.type === 'radio') to.toggleAttribute('checked', from.checked);
      else to.setAttribute('value', from.value);
    } else if (from.tagName === 'TEXTAREA') {
      to.textContent = own.isSecret(from) ? '' : from.value;
    } else if (from.tagName === 'OPTION') {
      to.toggleAttribute('selected', from.selected);
    }
    for (const attribute of [...to.attributes])
      if (/^on/i.test(attribute.name) || (/^(href|action|src)$/i.test(attribute.name) && /^\s*javascript:/i.test(attribute.value)))
        attribute.name.toLowerCase() === 'href' ? to.setAttribute('href', '#') : to.removeAttribute(attribute.name);
  };
  const rules = sheet => {
    try { return [...sheet.cssRules].map(rule => rule.cssText).join('\n'); } catch { return ''; }
  };
  const copy = (win, here, documents) => {
    const mine = documents.push('') - 1, root = win.document.documentElement, clone = root.cloneNode(true);
    const from = [root, ...root.querySelectorAll('*')], to = [clone, ...clone.querySelectorAll('*')];
    from.forEach((e, i) => {
      keepState(e, to[i]);
      to[i].removeAttribute(HERE);
      if (e === here) to[i].setAttribute(HERE, 'here');
      if (e.matches('img')) {
        const box = e.getBoundingClientRect();
        to[i].removeAttribute('src');
        to[i].removeAttribute('srcset');
        to[i].style.cssText += `;width:${box.width}px;height:${box.height}px`;
      }
      if (!e.matches(FRAMES)) return;
      let inner = null;
      try { inner = e.contentDocument && e.contentWindow; } catch { /* of another site */ }
      to[i].removeAttribute('srcdoc');
      to[i].setAttribute('src', inner ? `bilagsbot-frame-${copy(inner, here, documents)}-` : 'about:blank');
    });
    const style = win.document.createElement('style');
    style.textContent = [...win.document.styleSheets].filter(sheet => sheet.ownerNode && sheet.ownerNode.tagName === 'LINK')
      .map(rules).join('\n');
    const gone = 'script, noscript, base, bilagsbot-bar, link, meta[http-equiv], template, object, embed';
    clone.querySelectorAll(gone).forEach(e => e.remove());
    const head = clone.querySelector('head');
    if (head && style.textContent) head.append(style);
    if (head) head.insertAdjacentHTML('afterbegin', '<meta charset="utf-8">');
    const kind = win.document.doctype ? '<!DOCTYPE html>' : '';
    // The kind of page decides how it is laid out: quirks mode where it had none.
    documents[mine] = (win.document.compatMode === 'BackCompat' ? '' : kind) + clone.outerHTML;
    return mine;
  };
  // Nothing where the window's own page is of another site: it cannot be seen from here.
  own.snapshot = here => {
    try {
      if (!window.top.document) return [];
    } catch { return []; }
    const documents = [];
    copy(window.top, here, documents);
    return documents;
  };
})();
