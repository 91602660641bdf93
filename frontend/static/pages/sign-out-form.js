import { wireSignOut } from "./sign-out.js";
import { sendWaiting } from "./waiting-hand-ins.js";

wireSignOut();
const form = document.querySelector("form[data-sign-out]");
if (form) sendWaiting({ user: form.dataset.user });
