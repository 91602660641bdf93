/** A page with menus: they work without this, and close by themselves with it. */
import { wireMenu } from "./menu.js";

for (const menu of document.querySelectorAll("details.menu")) wireMenu(menu);
