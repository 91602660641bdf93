import { gettext } from "../language/gettext.js";
import { imageType, sizeInWords } from "./file-content.js";

/** Shows a file that is not text inside `parent`: a picture, or its size and a way to download it. */
export function showPreview(parent, path, bytes) {
  const type = imageType(path);
  const url = URL.createObjectURL(new Blob([bytes], { type: type ?? "application/octet-stream" }));
  const link = document.createElement("a");
  link.className = "button quiet";
  link.href = url;
  link.download = path.split("/").pop();
  link.textContent = gettext("Download");
  const about = document.createElement("p");
  about.textContent = `${path}, ${sizeInWords(bytes.length)}`;
  parent.replaceChildren(about, link);
  if (type) {
    const image = document.createElement("img");
    image.alt = path;
    image.src = url;
    const holder = document.createElement("p");
    holder.append(image);
    parent.append(holder);
  }
  return () => URL.revokeObjectURL(url);
}
