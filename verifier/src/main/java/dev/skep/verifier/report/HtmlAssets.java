package dev.skep.verifier.report;

import dev.skep.verifier.HistoryEntry;
import java.util.Locale;

/** The style and the script of the page. */
final class HtmlAssets {
    static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fff; --faint: #777; --mark: #fff3bf; --bad: #b3261e; --good: #1a7f37; --line: #ddd }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #161616; --faint: #999; --mark: #4d4318; --bad: #ff8a80; --good: #7ee787; --line: #3a3a3a } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 100rem; margin: 2rem auto; padding: 0 1rem }
            section { border-top: 1px solid var(--line); padding: 1rem 0 }
            small, .hint, .statistics, .kernel, li span { color: var(--faint) }
            .rejected .verdict, .lost { color: var(--bad) } .accepted .verdict { color: var(--good) }
            .message { font-size: 1.15rem; font-weight: 600 }
            .help::before { content: "help: "; font-weight: 600 } .kernel::before { content: "kernel: " }
            .place span { display: inline-block; width: 4rem; color: var(--faint) } .place code { display: block; margin-left: 4rem }
            code, .path, .history { font-family: ui-monospace, monospace; font-size: 13px }
            ol { list-style: none; margin: 0; padding: 0 } .history li { cursor: pointer }
            .path { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 1px; border: 1px solid var(--line); height: 32rem; outline: none }
            .path > * { overflow: auto; padding: .5rem; white-space: pre; border-right: 1px solid var(--line) }
            .path li { cursor: pointer } .path li span { display: inline-block; width: 4em; text-align: right; margin-right: 1em }
            .path em { color: var(--faint) } .now { background: var(--mark) }
            .state b { display: inline-block; width: 6em } .state .changed { background: var(--mark) }
            @media (max-width: 60rem) { .path { grid-template-columns: 1fr; height: auto } .path > * { max-height: 20rem } }
            """;

    static final String SCRIPT = """
            for (const path of document.querySelectorAll('.path')) {
              const code = [...path.querySelectorAll('.code li')], source = [...path.querySelectorAll('.source li')];
              const panel = path.querySelector('.state');
              let now = code.length - 1;
              const read = li => new Map((li ? li.dataset.state : '').split('\\n').filter(Boolean).map(l => l.split('\\t')));
              function show(index) {
                now = Math.max(0, Math.min(code.length - 1, index));
                const line = source.filter(li => +li.dataset.step <= now).pop();
                [...code, ...source].forEach(li => li.classList.toggle('now', li === code[now] || li === line));
                const before = read(code[now - 1]);
                panel.replaceChildren(...[...read(code[now])].map(([name, value]) => {
                  const row = document.createElement('div'), label = document.createElement('b');
                  label.textContent = name; row.append(label, value);
                  row.classList.toggle('changed', before.get(name) !== value);
                  return row;
                }));
                for (const li of [code[now], line]) if (li) {
                  const list = li.parentElement;
                  list.scrollTop = li.offsetTop - list.offsetTop - list.clientHeight / 2;
                }
              }
              path.addEventListener('click', e => { const li = e.target.closest('li'); if (li) show(+li.dataset.step); path.focus(); });
              path.addEventListener('keydown', e => {
                const to = { ArrowDown: now + 1, ArrowRight: now + 1, ArrowUp: now - 1, ArrowLeft: now - 1, Home: 0, End: code.length - 1 }[e.key];
                if (to !== undefined) { e.preventDefault(); show(to); }
              });
              const section = path.closest('section');
              section.querySelectorAll('.history li').forEach(li => li.addEventListener('click', () => {
                const at = code.findLastIndex(c => c.firstElementChild.textContent === li.dataset.insn);
                if (at >= 0) { show(at); path.focus(); }
              }));
              show(now);
            }
            """;

    private HtmlAssets() {}

    /** The class of an entry of a history. */
    static String name(HistoryEntry.Event event) {
        return event.name().toLowerCase(Locale.ROOT);
    }
}
