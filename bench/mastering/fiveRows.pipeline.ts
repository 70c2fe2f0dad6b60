import mastering from "../../src/pipelines/mastering/mastering.pipeline.ts";

const { content, spectrum, equaliser, envelope, compressor, limiter } = mastering.stages;

/** The stages of the published speed table, without what stands in no row of it. */
export default { ...mastering, stages: { content, spectrum, equaliser, envelope, compressor, limiter } };
