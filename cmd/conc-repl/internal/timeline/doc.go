// Package timeline tells of a recorded run in words and in pictures: a column
// for each process, a row for each operation, arrows where one process gives
// something to another. Of makes the one model of a run that all pictures are
// drawn from; each format has a file.
//
// What may not enter: how a run is recorded, and how a moment is reached again
// (package record).
package timeline
