import { wireSignOut } from "./sign-out.js";

wireSignOut();
