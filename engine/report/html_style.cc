// The look of the page: system fonts, one accent, light and dark, and a layout for paper. No colour says anything that
// a word does not.
#include "engine/report/html.h"

namespace writ::report {

std::string_view html_style() {
  return R"css(
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1d1f23;--soft:#565b63;--line:#dcd8ce;--card:#fff;--accent:#0b5a6b;--bad:#a11d2d;--bad-bg:#fbeceb;--open:#7d4e00;--open-bg:#fbf3e1;--good:#1f6340;--good-bg:#e9f4ed;--info:#3c4a60;--info-bg:#eef1f5}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#eceae4;--soft:#aeb3bb;--line:#363a41;--card:#1d2024;--accent:#7cc7d6;--bad:#ff9d97;--bad-bg:#3a1f20;--open:#f0c173;--open-bg:#352a15;--good:#8ed4ab;--good-bg:#182c20;--info:#b9c5d8;--info-bg:#232a34}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif}
main,header.top,footer{max-width:68rem;margin:0 auto;padding:0 1.5rem}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:2}
h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .6rem;letter-spacing:-.01em}
h2{font-size:1.35rem;margin:3rem 0 .8rem;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1.06rem;margin:1.6rem 0 .5rem}
h4{font-size:1rem;margin:0}
p{margin:.4rem 0}
.kicker,.meta,th,figcaption,.tag,.num span,summary,dt{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.kicker{margin:2.6rem 0 0;font-size:.78rem;letter-spacing:.09em;text-transform:uppercase;color:var(--soft)}
.meta{color:var(--soft);font-size:.86rem}
code{font:0.86em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.verdict{border-left:6px solid;padding:1rem 1.2rem;margin:1.2rem 0;border-radius:2px}
.plain-title{all:unset}
.verdict strong{display:block;font-size:1.25rem}
.bad{color:var(--bad);background:var(--bad-bg);border-color:var(--bad)}
.open{color:var(--open);background:var(--open-bg);border-color:var(--open)}
.good{color:var(--good);background:var(--good-bg);border-color:var(--good)}
.info{color:var(--info);background:var(--info-bg);border-color:var(--info)}
.nums{display:flex;flex-wrap:wrap;border:solid var(--line);border-width:1px 0 0 1px;margin:1.2rem 0;padding:0;list-style:none}
.num{flex:1 1 6.4rem;background:var(--card);padding:.8rem .9rem;border:solid var(--line);border-width:0 1px 1px 0}.num b{display:block;font-size:1.7rem;line-height:1.1;font-variant-numeric:lining-nums tabular-nums}.num span{font-size:.8rem;color:var(--soft)}
figure{margin:1rem 0}svg{display:block;width:100%;height:auto}figcaption{font-size:.82rem;color:var(--soft);margin-top:.4rem}
.scroll{overflow-x:auto;border:1px solid var(--line)}
table{border-collapse:collapse;width:100%;font-size:.92rem;background:var(--card)}
th,td{text-align:left;vertical-align:top;padding:.5rem .7rem;border-bottom:1px solid var(--line)}
th{font-size:.8rem;font-weight:600}thead th{color:var(--soft);vertical-align:bottom}
tbody tr:last-child>*{border-bottom:0}
.matrix th[scope=row]{min-width:15rem;position:sticky;left:0;background:var(--card)}.matrix th .meta{font-weight:400}
td.cell{white-space:nowrap;font-family:system-ui,sans-serif;font-size:.82rem}
.tag{display:inline-block;font-size:.74rem;font-weight:600;padding:.05rem .45rem;border-radius:2px;margin-right:.4rem;letter-spacing:.02em}
article{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--line);padding:.9rem 1.1rem;margin:.8rem 0;break-inside:avoid}
article.bad-edge{border-left-color:var(--bad)}article.open-edge{border-left-color:var(--open)}article.info-edge{border-left-color:var(--info)}
article dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.25rem .8rem;margin:.6rem 0 0}
dt{font-size:.8rem;color:var(--soft);padding-top:.12rem}dd{margin:0;overflow-wrap:anywhere}
dd ul{margin:0;padding-left:1.1rem}
details{margin:.8rem 0}summary{cursor:pointer;color:var(--accent);font-size:.92rem}
ul.plain{padding-left:1.2rem}
footer{padding:2rem 1.5rem 3rem;color:var(--soft);font-size:.86rem}
@media (max-width:40rem){body{font-size:15px}h1{font-size:1.6rem}article dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}main,header.top,footer{padding-left:1rem;padding-right:1rem}}
@media print{@page{size:A4;margin:18mm 16mm}:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444}body{font-size:10.5pt}main,header.top,footer{max-width:none;padding:0}.skip{display:none}.scroll{overflow:visible}h2{break-after:avoid}.matrix th[scope=row]{min-width:0}table{font-size:8pt}a[href^="https"]::after{content:" <" attr(href) ">";font-size:8pt;overflow-wrap:anywhere}}
)css";
}

}  // namespace writ::report
