// The bar: what the recorder does now, in the window's page, or in its largest frame where the page is a frameset.
(() => {
  const own = window.__bilagsbot;
  if (!own || own.set) return;
  let host = null, shadow = null;

  const holds = () => {
    if (!document.body || document.body.tagName === 'FRAMESET') return false;
    if (window === window.top) return true;
    try {
      const parent = window.parent.document;
      if (!parent.body || parent.body.tagName !== 'FRAMESET') return false;
      const area = frame => { const box = frame.getBoundingClientRect(); return box.width * box.height; };
      const frames = [...parent.querySelectorAll('frame')].sort((a, b) => area(b) - area(a));
      return frames[0] === window.frameElement;
    } catch { return false; }
  };
  const STYLE = `
    :host { all: initial; }
    div { position: fixed; right: 8px; bottom: 8px; z-index: 2147483647; background: #fdf6e3; color: #073642;
          border: 1px solid #586e75; border-radius: 4px; padding: 4px 6px; font: 12px sans-serif; max-width: 560px; }
    button { font: 12px sans-serif; margin: 1px; cursor: pointer; } button.on { background: #d33682; color: white; }
    table { border-collapse: collapse; } td { padding: 0 6px 0 0; vertical-align: top; } summary { cursor: pointer; }`;
  const build = () => {
    host = document.createElement('bilagsbot-bar');
    shadow = host.attachShadow({mode: 'closed'});
    const style = document.createElement('style'), box = document.createElement('div');
    style.textContent = STYLE;
    shadow.append(style, box);
    document.documentElement.append(host);
  };
  const draw = () => {
    const {words, mode, paused, count, last, row} = own.state, box = shadow.querySelector('div');
    const open = box.querySelector('details') ? box.querySelector('details').open : true;
    box.replaceChildren();
    const said = document.createElement('span');
    said.textContent = `${paused ? words.paused : words.recording} ${count}  ${words[`${mode}_now`] || last || ''}`;
    box.append(said, document.createElement('br'));
    for (const name of own.state.buttons) {
      const button = document.createElement('button');
      button.textContent = name === 'pause' && paused ? words.go_on : words[name];
      button.dataset.bar = name;
      button.className = mode === name ? 'on' : '';
      button.addEventListener('click', event => { if (event.isTrusted) press(name); });
      box.append(button);
    }
    if (!row || !row.length) return;
    const details = document.createElement('details'), summary = document.createElement('summary');
    const table = document.createElement('table');
    summary.textContent = words.row;
    details.open = open;
    for (const [header, text] of row) {
      const line = table.insertRow();
      line.insertCell().textContent = header;
      line.insertCell().textContent = text;
    }
    details.append(summary, table);
    box.append(details);
  };
  const press = name => {
    const documents = name === 'done' ? own.snapshot(null) : [];
    own.tell({bar: name, documents, url: location.href, title: document.title});
  };
  own.set = state => {
    if (!state) return;
    own.state = state;
    if (!holds()) return;
    if (!host || !host.isConnected) build();
    draw();
  };
  // Where its buttons are, for whoever has to press one as a person does.
  own.bar = () => [...shadow.querySelectorAll('button')].map(b => {
    const box = b.getBoundingClientRect();
    return [b.dataset.bar, box.x + box.width / 2, box.y + box.height / 2];
  });
  const start = () => own.tell({bar: 'state'});  // it is answered by `set`
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
})();
