// The page at `/`, as one file: it loads nothing from anywhere.

const style = `
:root { color-scheme: light dark; --ink: #14201d; --soft: #55645f; --paper: #f6f8f7; --card: #fff;
  --line: #c9d4d0; --accent: #0b7a63; --on-accent: #fff; --bad: #a5281b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9f1ee; --soft: #a3b3ad; --paper: #101715;
  --card: #18211e; --line: #35443f; --accent: #4fd1b0; --on-accent: #06251f; --bad: #ff9c8f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
p { margin: 0 0 1rem; color: var(--soft); }
a { color: var(--accent); }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .5rem; }
legend { padding: 0; margin-bottom: .35rem; font-weight: 600; }
fieldset label { border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  padding: .45rem .8rem; cursor: pointer; display: flex; gap: .45rem; align-items: center; }
fieldset label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
input[type=radio] { accent-color: var(--accent); margin: 0; }
#zone { display: block; border: 2px dashed var(--line); border-radius: .75rem; background: var(--card);
  padding: 2.25rem 1rem; text-align: center; cursor: pointer; }
#zone.over, #zone:hover { border-color: var(--accent); }
#zone span { display: block; color: var(--soft); font-size: .9rem; }
#zone:focus-within, a:focus-visible, label:focus-within, input:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; }
#file { position: absolute; width: 1px; height: 1px; opacity: 0; }
#key { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem; padding: .4rem .6rem; width: 100%; max-width: 24rem; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--soft); }
#status { min-height: 1.5rem; margin: 1rem 0; color: var(--ink); font-weight: 600; }
#status.bad { color: var(--bad); }
figure { margin: 0; }
figure img { display: block; max-width: 100%; height: auto; border-radius: .5rem; }
figcaption { padding-top: .5rem; color: var(--soft); }
`

const script = `
const status = document.getElementById('status')
const figure = document.querySelector('figure')
const zone = document.getElementById('zone')
const file = document.getElementById('file')
const texts = { detect: 'Faces found', blur: 'Faces hidden', mesh: 'Meshes drawn' }
let shown

function say(text, isBad) {
  status.textContent = text
  status.classList.toggle('bad', isBad === true)
}

async function send(picture) {
  if (!picture) return
  const task = document.querySelector('input[name=task]:checked').value
  say('Working on it …')
  figure.hidden = true
  const key = document.getElementById('key').value
  const headers = { accept: 'image/jpeg', 'content-type': 'application/octet-stream' }
  if (key) headers.authorization = 'Bearer ' + key
  try {
    const response = await fetch('v1/' + task, { method: 'POST', headers, body: picture })
    if (!response.ok) {
      const { error } = await response.json()
      say(error.message, true)
      return
    }
    const count = Number(response.headers.get('x-faces'))
    if (shown) URL.revokeObjectURL(shown)
    shown = URL.createObjectURL(await response.blob())
    const image = figure.querySelector('img')
    image.src = shown
    image.alt = texts[task] + ': ' + count
    const link = figure.querySelector('a')
    link.href = shown
    link.download = task + '.jpg'
    figure.hidden = false
    say(count === 0 ? 'There is no face in it.' : texts[task] + ': ' + count)
  } catch {
    say('The server cannot be reached.', true)
  }
}

file.addEventListener('change', () => { send(file.files[0]); file.value = '' })
for (const name of ['dragover', 'dragenter']) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add('over') })
}
for (const name of ['dragleave', 'drop']) {
  zone.addEventListener(name, () => zone.classList.remove('over'))
}
zone.addEventListener('drop', (event) => { event.preventDefault(); send(event.dataTransfer.files[0]) })
document.addEventListener('paste', (event) => send(event.clipboardData.files[0]))
`

const task = (value: string, text: string, checked = '') =>
  `<label><input type="radio" name="task" value="${value}"${checked}>${text}</label>`

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>RetinaFace server</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>Find faces in a picture</h1>
<p>Pictures are sent to this server, which keeps none. Its <a href="docs">interface</a> does more.</p>
<fieldset>
<legend>What to do</legend>
${task('detect', 'Mark faces', ' checked')}${task('blur', 'Hide faces')}${task('mesh', 'Draw meshes')}
</fieldset>
<details><summary>The server asks for a key</summary>
<label for="key">Key</label> <input id="key" type="password" autocomplete="off"></details>
<label id="zone" for="file">Choose a picture, or drop or paste one here
<span>JPEG, PNG, WebP, AVIF, TIFF or GIF</span>
<input id="file" type="file" accept="image/*"></label>
<div id="status" role="status"></div>
<figure hidden><img alt=""><figcaption><a>Save this picture</a></figcaption></figure>
</main>
<script>${script}</script>
</body>
</html>
`

/** The page, and the two parts of it that its policy lets run. */
export const PAGE: Readonly<Record<'html' | 'style' | 'script', string>> = { html, style, script }
