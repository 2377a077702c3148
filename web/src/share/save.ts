/** Has the browser fetch a file and save it: nothing of it is held by the page. */
export function save(path: string) {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
