// Called by an image when it is there: that happens where the output stands, whatever a runner does with scripts.
// Double quotes are the attribute's own.
(async (image) => {
  const root = image.closest('.ftg-live'), { key, content, library } = root.dataset;
  image.onload = null;
  if (image.width === 1) image.remove(); // it shows nothing
  const unpack = async (text) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
  };
  const data = JSON.parse(await unpack(content)), waiting = ((globalThis.ftgLive ??= {})[key] ??= []);
  waiting.push([root, data]);
  setTimeout(() => {
    if (!('ready' in root.dataset)) root.insertAdjacentHTML('beforeend', '<p class=ftg-asleep>' + _('A picture at rest: run its cell to bring it to life.') + '</p>');
  }, 5000);
  if (!library || !Array.isArray(waiting) || waiting.coming) return;
  waiting.coming = true;
  const script = document.createElement('script');
  script.textContent = await unpack(library);
  document.head.append(script);
  script.remove();
})(this)
