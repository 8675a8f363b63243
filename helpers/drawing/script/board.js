class Board extends Explorer {}
