package main

import (
	"isnad/extract"
	"isnad/extract/pipeline"
)

// extractor assembles the pipeline over the shipped knowledge and the user's extensions.
func (a *app) extractor() (extract.Extractor, error) {
	ext, err := a.extensions()
	if err != nil {
		return nil, err
	}
	return pipeline.New(ext...)
}
