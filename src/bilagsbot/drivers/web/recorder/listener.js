// Hears what a person does in one frame, and tells it once, with what was on the screen before.
(() => {
  if (window.__bilagsbot) return;
  const own = window.__bilagsbot = {};
  const CONTROL = 'a, button, input, select, textarea, summary, label, [role=button], [role=link], [role=option], ' +
    '[role=menuitem], [role=tab], [role=checkbox], [onclick]';
  const TYPED = /^(text|search|tel|url|email|password|number|date|month|week|time|datetime-local)$/;
  let down = null, typing = null, typed = null, idle = 0, entered = null, number = 0;

  own.state = {paused: false, mode: ''};
  // A popup may be there before anybody listens to it.
  const unsent = [];
  own.tell = message => {
    unsent.push(JSON.stringify(message));
    while (window.__bilagsbot_tell && unsent.length) window.__bilagsbot_tell(unsent.shift());
  };
  const inBar = event => event.composedPath().some(e => e.tagName === 'BILAGSBOT-BAR');
  const deep = event => event.composedPath()[0];
  const control = e => e.nodeType === 1 ? e.closest(CONTROL) || e : document.documentElement;
  const isTyped = e => e.tagName === 'TEXTAREA' || e.isContentEditable || (e.tagName === 'INPUT' && TYPED.test(e.type));
  const heard = event => event.isTrusted && !own.state.paused && !inBar(event);

  // The moment before an action: what the element is, and the page around it.
  const moment = e => ({element: own.facts(e), documents: own.snapshot(e), secret: own.isSecret(e)});
  const send = (action, e, before, told) => {
    const {element, documents, secret} = before;
    const id = `${Math.random()}-${++number}`;
    const hidden = secret && action !== 'press' && action !== 'click';
    if (hidden && told.value) own.tell({secret: told.value});
    own.tell({id, at: Date.now(), action, view: own.view(), url: location.href, title: document.title, element, documents,
              ...told, secret: hidden, ...(hidden ? {value: ''} : {})});
    return id;
  };
  const flush = () => {
    if (!typing) return;
    const {e, before, value} = typing;
    typing = null;
    if (value === null) return;  // a key that changed nothing
    typed = {e, value, id: send('fill', e, before, {value}), secret: before.secret};
  };
  // The page may write it anew when it is left: on its own change, and a moment after.
  const left = () => {
    const {e, value, id, secret} = typed;
    setTimeout(() => {
      if (e.isConnected && !secret && own.shown(e) !== value) own.tell({amend: id, shown: own.shown(e)});
    }, 80);
  };
  const on = (kind, hear) => addEventListener(kind, event => { if (heard(event)) hear(event, deep(event)); }, true);

  // A pick by the bar: the element is pointed at, and the page hears nothing of it; so this one listens first.
  let outlined = null, style = '';
  const outline = e => {
    if (outlined) outlined.style.outline = style;
    outlined = e;
    if (e) { style = e.style.outline; e.style.outline = '3px solid #d33682'; }
  };
  const picking = () => /^(confirm|expect|secret|pick)$/.test(own.state.mode);
  addEventListener('pointermove', event => { if (picking() && !inBar(event)) outline(deep(event)); }, true);
  for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu', 'auxclick'])
    window.addEventListener(kind, event => {
      if (!event.isTrusted || inBar(event) || !(picking() || own.picked)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (kind === 'click') own.picked = false;
      if (kind !== 'pointerdown' || !picking()) return;
      outline(null);
      const e = deep(event), mode = own.state.mode;
      own.state.mode = '';
      own.picked = true;
      if (mode === 'secret') {
        own.secrets.add(e);
        e.style.webkitTextSecurity = 'disc';
        if (typing && typing.e === e) typing.before.secret = true;
        own.tell({secret: e.value || '', element: own.facts(e), marked: true});
      } else send(mode === 'pick' ? 'click' : mode, e, moment(e), {value: own.shown(e)});
    }, true);

  on('beforeinput', (event, e) => {
    if (isTyped(e) && (!typing || typing.e !== e)) { flush(); typing = {e, before: moment(e), value: null}; }
  });
  on('input', (event, e) => {
    if (!isTyped(e)) return;
    if (!typing || typing.e !== e) { flush(); typing = {e, before: moment(e), value: null}; }
    typing.value = e.isContentEditable ? e.innerText : e.value;
    // Told when the typing pauses, too: a page that goes away may not be heard any more.
    // But no half of a secret: it would be taken out of all other words that begin so.
    clearTimeout(idle);
    if (!typing.before.secret) idle = setTimeout(flush, 700);
  });
  on('change', (event, e) => {
    const before = down && down.e === e ? down.before : moment(e);
    if (e.tagName === 'SELECT') {
      flush();
      const chosen = e.selectedOptions[0];
      send('choose', e, before, {value: chosen ? own.fold(chosen.text) : '', option: chosen ? chosen.value : ''});
    } else if (e.type === 'checkbox' || e.type === 'radio') {
      flush();
      send('check', e, before, {value: String(e.checked)});
    } else if (e.type === 'file') {
      flush();
      send('upload', e, before, {value: [...e.files].map(f => f.name).join(', ')});
    } else if (typing && typing.e === e) flush();
    down = null;
  });
  on('focusout', (event, e) => {
    if (typing && typing.e === e) flush();
    if (typed && typed.e === e) left();
  });
  addEventListener('blur', event => { if (event.target === window) flush(); });
  on('pointerdown', (event, raw) => {
    const e = control(raw);
    if (typing && typing.e !== e) flush();
    entered = null;
    const mine = down = {e, before: moment(e)};
    // An entry of a list that is taken when the mouse goes down, and gone before it comes up, hears no click.
    setTimeout(() => {
      if (down !== mine || e.isConnected) return;
      down = null;
      send('click', e, mine.before, {submits: own.state.mode === 'submit'});
    }, 60);
  });
  on('focusin', (event, e) => { if (e.tagName === 'SELECT' && (!down || down.e !== e)) down = {e, before: moment(e)}; });
  on('click', (event, raw) => {
    const e = control(raw);
    if (e.tagName === 'SELECT' || e.tagName === 'OPTION' || /^(checkbox|radio|file|range)$/.test(e.type || '')) return;
    if (e.tagName === 'LABEL' && e.control) return;  // the control tells it
    if (event.detail === 0 && entered && entered !== e) return;  // Enter in a field presses the form's button
    const before = down && down.e === e ? down.before : moment(e);
    down = null;
    send('click', e, before, {submits: own.state.mode === 'submit'});
  });
  on('keydown', (event, e) => {
    const key = event.key, plain = key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    entered = key === 'Enter' || key === ' ' ? e : null;
    if (plain || /^(Shift|Control|Alt|Meta|AltGraph|CapsLock|Dead|Process|Unidentified|Tab|Backspace|Delete|Home|End|Arrow(Left|Right))$/.test(key)) return;
    if (event.ctrlKey && /^[acvxyz]$/i.test(key)) return;
    if (e.tagName === 'SELECT' || (/^Arrow|^Page/.test(key) && !isTyped(e))) return;
    if (key === 'Enter' && (e.matches('a, button, textarea, [type=submit], [type=button]') || e.isContentEditable)) return;
    flush();
    const keys = [event.ctrlKey && 'Control', event.altKey && 'Alt', event.metaKey && 'Meta', event.shiftKey && 'Shift', key];
    send('press', e, moment(e), {value: keys.filter(k => k).join('+'), submits: own.state.mode === 'submit'});
  });
  addEventListener('beforeunload', flush, true);  // what is told later than this is not heard any more

})();
