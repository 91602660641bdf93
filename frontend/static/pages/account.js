import { wirePasswordFields } from "./password-field.js";
import { wireWait } from "./wait.js";

wirePasswordFields();
wireWait();
