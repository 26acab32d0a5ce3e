export default (config) => config.addCollection('posts')
