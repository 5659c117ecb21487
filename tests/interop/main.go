// Reads a published ledger with Go's own transparency-log packages, as a program that shares no code with it:
// golang.org/x/mod/sumdb/note opens the checkpoints, golang.org/x/mod/sumdb/tlog rebuilds the tree from the tiles, checks
// every record against it, and proves that the newer tree is an extension of the older one.
//
//	interop VKEY OLDER NEWER
//
// VKEY is the log's key, OLDER and NEWER are folders of one ledger, published at two times.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) != 4 {
		fail("expected VKEY OLDER NEWER, found %d words", len(os.Args)-1)
	}
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	older := open(verifier, os.Args[2])
	newer := open(verifier, os.Args[3])
	records(older, os.Args[2])
	records(newer, os.Args[3])
	proof, err := tlog.ProveTree(newer.N, older.N, tlog.TileHashReader(newer, folder(os.Args[3])))
	check(err)
	check(tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash))
	fmt.Printf("the tree of %d entries is an extension of that of %d, by %d hashes\n", newer.N, older.N, len(proof))
}

// open reads the checkpoint of a folder: a signed note of three lines.
func open(verifier note.Verifier, dir string) tlog.Tree {
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	check(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("expected a checkpoint of %s, found %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	hash, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: hash}
}

// records checks every entry against the tree: its leaf hash, and its inclusion.
func records(tree tlog.Tree, dir string) {
	hashes := tlog.TileHashReader(tree, folder(dir))
	root, err := tlog.TreeHash(tree.N, hashes)
	check(err)
	if root != tree.Hash {
		fail("expected root %v, found %v", tree.Hash, root)
	}
	next := int64(0)
	for bundle := int64(0); bundle*tileWidth < tree.N; bundle++ {
		width := tree.N - bundle*tileWidth
		if width > tileWidth {
			width = tileWidth
		}
		data := tile("entries", bundle, int(width), dir)
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				fail("bundle %d ends inside entry %d", bundle, i)
			}
			length := int(binary.BigEndian.Uint16(data))
			record := data[2 : 2+length]
			data = data[2+length:]
			proof, err := tlog.ProveRecord(tree.N, next, hashes)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, next, tlog.RecordHash(record)))
			next++
		}
	}
	fmt.Printf("%s: %d records are in the tree that the checkpoint heads\n", dir, next)
}

// folder reads tiles from files; Go names them tile/8/0/000, the ledger tile/0/000.
type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, wanted := range tiles {
		data[i] = tile(strconv.Itoa(wanted.L), wanted.N, wanted.W, string(f))
		data[i] = data[i][:wanted.W*tlog.HashSize]
	}
	return data, nil
}

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

// tile reads a file of a level, partial or, where that is gone, the full one.
func tile(level string, n int64, width int, dir string) []byte {
	path := fmt.Sprintf("%03d", n%1000)
	for rest := n / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	full := filepath.Join(dir, "tile", level, path)
	name := full
	if width < tileWidth {
		name = full + ".p/" + strconv.Itoa(width)
	}
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		data, err = os.ReadFile(full)
	}
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
