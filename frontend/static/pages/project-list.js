/** The list of projects. It all works without this; menus close by themselves with it. */
import { wireMenu } from "./menu.js";

for (const menu of document.querySelectorAll("details.menu")) wireMenu(menu);
