// Where the program lies: beside `main`, wherever the module that asks came to lie when it was bundled.
export const PROGRAM_FOLDER = import.meta.dirname
