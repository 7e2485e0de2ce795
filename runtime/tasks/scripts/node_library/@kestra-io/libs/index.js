// What Node scripts of flows use to tell outputs and metrics: require("@kestra-io/libs").

const tell = (message) => console.log(`::${JSON.stringify(message)}::`);

const metric = (name, type, value, tags) =>
  tell({ metrics: [{ name, type, value, tags: tags ?? {} }] });

module.exports = {
  outputs: (values) => tell({ outputs: values }),
  counter: (name, value, tags) => metric(name, "counter", value, tags),
  timer: (name, duration, tags) => {
    if (typeof duration !== "function") return metric(name, "timer", duration, tags);
    const start = process.hrtime.bigint();
    duration(() => metric(name, "timer", Number(process.hrtime.bigint() - start) / 1e9, tags));
  },
};
